public import SUDPCrypto

/// What a server accepts.
public struct ServerSecurity: Sendable {
    /// Identity and client trust.
    public var context: TLSContext
    /// Whether clients may ask for plaintext mode.
    public var allowsPlaintext: Bool
    /// Whether clients must prove an identity, so that nothing is sent to them before they did.
    public var demandsClientCertificate: Bool
    /// The wall clock in Unix seconds.
    public var wallClock: Int64

    /// Makes a server's security settings.
    public init(
        context: TLSContext, allowsPlaintext: Bool, demandsClientCertificate: Bool, wallClock: Int64
    ) {
        self.context = context
        self.allowsPlaintext = allowsPlaintext
        self.demandsClientCertificate = demandsClientCertificate
        self.wallClock = wallClock
    }
}
