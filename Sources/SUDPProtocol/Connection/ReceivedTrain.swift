/// Datagrams of one path that lie end to end in a buffer: a GRO train, or a single datagram.
@frozen public struct ReceivedTrain: Hashable, Sendable {
    /// The path they came by.
    public var path: NetworkPath
    /// Their ECN bits.
    public var ecn: ECNCodepoint
    /// The length of all in bytes.
    public var byteCount: Int
    /// The length of each in bytes; the last may be shorter.
    public var segmentByteCount: Int

    /// Describes a train.
    public init(path: NetworkPath, ecn: ECNCodepoint, byteCount: Int, segmentByteCount: Int) {
        self.path = path
        self.ecn = ecn
        self.byteCount = byteCount
        self.segmentByteCount = segmentByteCount
    }
}
