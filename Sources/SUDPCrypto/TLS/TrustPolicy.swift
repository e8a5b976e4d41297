/// Which server certificates a client accepts.
public enum TrustPolicy: Sendable {
    /// Those that one of these authorities issued for the server's name and that are valid now.
    case authorities([Certificate])
    /// Those whose SubjectPublicKeyInfo has one of these SHA-256 digests, whatever else they say.
    case pins([[UInt8]])
    /// Every certificate: encryption without knowing to whom.
    case unverified
    /// None: the handshake fails with the public key's pin in the failure.
    case nothing
}
