/// What an application may choose about a connection.
public struct ConnectionConfiguration: Sendable {
    /// How long a client tries to open before it gives up.
    public var handshakeTimeout: TimeSpan = .seconds(60)
    /// How long the peer may be silent, despite keep-alives, before it counts as lost.
    public var deadPeerTimeout: TimeSpan = .seconds(30)
    /// How long after the last sign of the peer a keep-alive is sent.
    public var keepAliveInterval: TimeSpan = .seconds(10)
    /// The receive window at the start, in bytes.
    public var initialReceiveWindow: UInt64 = Limits.initialReceiveWindow
    /// The receive window at most, in bytes.
    public var maximumReceiveWindow: UInt64 = Limits.maximumReceiveWindow
    /// How many bytes may wait to be sent or acknowledged.
    public var sendBufferLimit: Int = Limits.sendBufferLimit
    /// The largest UDP payload to send, in bytes; at least 1200.
    public var maximumDatagramSize: Int = Limits.minimumDatagramSize
    /// Packets under one key before the next generation is used.
    public var keyUpdateInterval: UInt64 = Limits.keyUpdateInterval

    /// Makes the default configuration.
    public init() {}
}
