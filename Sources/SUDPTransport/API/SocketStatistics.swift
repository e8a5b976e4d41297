/// What is known of the sockets that a connection shares with others.
public struct SocketStatistics: Hashable, Sendable {
    /// Whether trains leave in one system call (UDP_SEGMENT).
    public var usesSegmentationOffload = true
    /// Whether trains were received in one system call (UDP_GRO).
    public var usesReceiveOffload = false
    /// The kernel's receive buffer, in bytes.
    public var receiveBufferByteCount = 0
    /// The kernel's send buffer, in bytes.
    public var sendBufferByteCount = 0
    /// Whether the system granted smaller buffers than asked for.
    public var isBufferClamped = false
    /// Trains that the system refused to send, in whole or in part; they count as lost.
    public var sendsRefused: UInt64 = 0
    /// Datagrams that the system cut short.
    public var datagramsTruncated: UInt64 = 0
    /// Datagrams without a byte in them.
    public var datagramsEmpty: UInt64 = 0

    /// The system calls with which this process sent datagrams, received them and waited for them.
    public static var callsOfProcess: UInt64 { SocketCalls.total }
}
