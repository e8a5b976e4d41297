public import SUDPCrypto

/// What a client asks for.
public enum ClientSecurity: Sendable {
    /// TLS 1.3 with this trust; the name or IP literal to verify; the wall clock in Unix seconds.
    case secure(TLSContext, serverName: String?, wallClock: Int64)
    /// No encryption.
    case plaintext
}
