/// Datagrams for one path that lie end to end in a buffer, to be sent with one GSO call.
@frozen public struct Transmit: Hashable, Sendable {
    /// The path to send by.
    public var path: NetworkPath
    /// The ECN bits to send with.
    public var ecn: ECNCodepoint
    /// The length of all in bytes, from the start of the buffer.
    public var byteCount: Int
    /// The length of each in bytes; the last may be shorter.
    public var segmentByteCount: Int
}
