/// What an application may choose about a connection.
public struct ConnectionConfiguration: Sendable {
    /// How long a client tries to open before it gives up.
    public var handshakeTimeout: TimeSpan = .seconds(60)
    /// How long the peer may be silent, despite keep-alives, before it counts as lost.
    public var deadPeerTimeout: TimeSpan = .seconds(30)
    /// How long after the last sign of the peer a keep-alive is sent.
    public var keepAliveInterval: TimeSpan = .seconds(10)
    /// The receive window at the start, in bytes; 4800 to 2^62-1, others count as the nearest.
    public var initialReceiveWindow: UInt64 = Limits.initialReceiveWindow {
        didSet { initialReceiveWindow = Self.window(initialReceiveWindow) }
    }
    /// The receive window at most, in bytes; 4800 to 2^62-1, others count as the nearest.
    public var maximumReceiveWindow: UInt64 = Limits.maximumReceiveWindow {
        didSet { maximumReceiveWindow = Self.window(maximumReceiveWindow) }
    }
    /// How many bytes may wait to be sent or acknowledged; less than 1 counts as 1.
    public var sendBufferLimit: Int = Limits.sendBufferLimit {
        didSet { sendBufferLimit = max(sendBufferLimit, 1) }
    }
    /// The UDP payload to begin with, in bytes: what the path is known to carry.
    public var initialDatagramSize: Int = Limits.minimumDatagramSize
    /// The largest UDP payload to find out about, in bytes; 1200 to 65507, others count as the
    /// nearest.
    public var maximumDatagramSize: Int = Limits.minimumDatagramSize {
        didSet {
            maximumDatagramSize = min(
                max(maximumDatagramSize, Limits.minimumDatagramSize), Limits.maximumDatagramSize)
        }
    }
    /// How the congestion window and the sending rate are found.
    public var congestionControl = CongestionControl.bbr
    /// Packets under one key before the next generation is used.
    public var keyUpdateInterval: UInt64 = Limits.keyUpdateInterval

    /// Makes the default configuration.
    public init() {}

    // RFC 9293 §3.8.6.2.2: a smaller window would be announced in slivers.
    private static func window(_ size: UInt64) -> UInt64 {
        min(max(size, Limits.receiveWindowMinimum), Limits.streamOffsetMaximum)
    }
}
