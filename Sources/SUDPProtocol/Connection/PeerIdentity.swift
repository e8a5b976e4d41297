/// What is known of an established connection's security and peer.
public struct PeerIdentity: Hashable, Sendable {
    /// The mode both sides agreed on.
    public var mode: SecurityMode
    /// The cipher suite in words; empty in plaintext mode.
    public var cipherSuite: String
    /// The key exchange group in words; empty in plaintext mode.
    public var keyExchange: String
    /// The peer's certificate in PEM when it showed one.
    public var certificate: String?
    /// SHA-256 of the peer's public key when it showed a certificate.
    public var publicKeyPin: [UInt8]?
    /// SHA-256 of the peer's whole certificate when it showed one.
    public var certificateFingerprint: [UInt8]?
    /// The subject of the peer's certificate when it showed one, in printable ASCII.
    public var certificateSubject: String?
    /// Whether an earlier session was resumed, by whose certificate the peer is known.
    public var isResumed = false
    /// Whether the server took bytes before the handshake was complete.
    public var isEarlyDataAccepted = false
}
