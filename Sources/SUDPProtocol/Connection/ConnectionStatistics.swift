/// Counters and estimates of a connection at one moment.
public struct ConnectionStatistics: Hashable, Sendable {
    /// Stream bytes that the application wrote.
    public var streamBytesWritten: UInt64 = 0
    /// Stream bytes that the peer acknowledged in order.
    public var streamBytesAcknowledged: UInt64 = 0
    /// Stream bytes that arrived in order.
    public var streamBytesReceived: UInt64 = 0
    /// Stream bytes that the application read.
    public var streamBytesRead: UInt64 = 0
    /// Datagram bytes sent.
    public var bytesSent: UInt64 = 0
    /// Datagram bytes received and authenticated.
    public var bytesReceived: UInt64 = 0
    /// Packets sent.
    public var packetsSent: UInt64 = 0
    /// Packets received and authenticated.
    public var packetsReceived: UInt64 = 0
    /// Packets declared lost.
    public var packetsLost: UInt64 = 0
    /// Packets declared lost that were acknowledged after all.
    public var packetsSpuriouslyLost: UInt64 = 0
    /// Stream bytes sent again.
    public var streamBytesRetransmitted: UInt64 = 0
    /// Datagrams that could not be authenticated or decoded.
    public var packetsDropped: UInt64 = 0
    /// Datagrams with the number of a packet that was received before.
    public var packetsDuplicate: UInt64 = 0
    /// Packets that carried nothing but acknowledgements.
    public var acknowledgementsSent: UInt64 = 0
    /// Probe timeouts.
    public var probeTimeouts: UInt64 = 0
    /// Reductions of the congestion window.
    public var congestionEvents: UInt64 = 0
    /// Packets that arrived with a mark of congestion (CE), as the peer counted them.
    public var ecnMarks: UInt64 = 0
    /// Whether the path carries ECN bits to the peer.
    public var ecn = ECNSupport.unknown
    /// Key generations begun by this side.
    public var keyUpdates: UInt64 = 0
    /// The smoothed round-trip time; nil before the first sample.
    public var smoothedRTT: TimeSpan?
    /// The smallest round-trip time seen; nil before the first sample.
    public var minRTT: TimeSpan?
    /// The congestion window in bytes.
    public var congestionWindow: Int = 0
    /// Bytes sent and neither acknowledged nor lost.
    public var bytesInFlight: Int = 0
    /// The UDP payload size in use, in bytes.
    public var maximumDatagramSize: Int = 0
    /// Time in which the application gave nothing to send.
    public var applicationLimited: TimeSpan = .zero
    /// Time in which the congestion window held data back.
    public var congestionLimited: TimeSpan = .zero
    /// Time in which the peer's window held data back.
    public var flowControlLimited: TimeSpan = .zero
    /// Time in which pacing held data back.
    public var pacingLimited: TimeSpan = .zero

    /// Makes counters that start at zero.
    public init() {}
}
