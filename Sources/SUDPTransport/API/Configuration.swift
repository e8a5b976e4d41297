public import Logging
public import SUDPProtocol

/// What an application may choose about its connections; the same for both sides.
public struct Configuration: Sendable {
    /// Whether a client asks for encryption; a server accepts it always.
    public var mode = SecurityMode.secure
    /// Whether a server also accepts clients that ask for plaintext mode.
    public var allowsPlaintext = false
    /// Which servers a client trusts.
    public var trust = Trust.nothing
    /// What this side proves to be: a server must, a client may be asked to.
    ///
    /// A server without one makes one for this run; see `Listener.identity`.
    public var identity: Identity?
    /// A server's demand for client certificates: the PEM texts of the authorities that issue
    /// them; empty when clients need none.
    public var clientAuthorities: [String] = []
    /// Whether a server without such authorities asks clients for a certificate all the same: any
    /// will do, for it proves that the client has its key, and none will do.
    public var asksForClientCertificate = false
    /// PEM texts of certificate revocation lists; with any, every issuer of a chain needs one.
    public var revocationLists: [String] = []
    /// Where a client keeps the tickets by which it resumes sessions; nil when it resumes none.
    public var tickets: TicketStore?
    /// Whether a client uses these tickets; one that does not still gathers them.
    public var resumesSessions = true
    /// Whether a server takes bytes that a client sends with its opening, before its handshake is
    /// complete; only for applications to which it makes no difference if they come once more.
    public var acceptsEarlyData = false
    /// The name that the server's certificate must be for; nil for the host that is connected to.
    public var serverName: String?
    /// The IP versions to use.
    public var families: Set<NetworkAddress.Family> = [.ipv4, .ipv6]

    /// How long a peer may be silent, despite keep-alives, before it counts as lost.
    public var deadPeerTimeout: Duration = .seconds(30)
    /// How long after the last sign of the peer a keep-alive is sent.
    public var keepAliveInterval: Duration = .seconds(10)
    /// The bytes of a connection that may wait to be sent or acknowledged.
    public var sendBufferLimit = Limits.sendBufferLimit
    /// The largest receive window of a connection, in bytes.
    public var maximumReceiveWindow = Limits.maximumReceiveWindow
    /// How the congestion window and the sending rate are found.
    public var congestionControl = CongestionControl.bbr
    /// The largest UDP payload to send, 1200 to 65507 bytes, where the path carries it; nil for
    /// what the interface takes.
    public var maximumDatagramSize: Int?

    /// The time of day in seconds since 1970, by which certificates are judged.
    public var wallClock: @Sendable () -> Int64 = WallClock.unixSeconds
    /// Receives every line for a file in the SSLKEYLOGFILE format; whoever has them can decrypt.
    public var keyLog: (@Sendable (String) -> Void)?
    /// Receives what an operator should know, such as socket buffers that are too small.
    public var logger: Logger?

    /// Makes the default configuration, which trusts nobody and proves nothing.
    public init() {}
}
