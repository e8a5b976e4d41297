/// What a read found.
public enum ReadOutcome {
    /// The next bytes of the stream.
    case bytes(ByteBlock)
    /// Nothing yet.
    case blocked
    /// The peer finished its stream and all of it was read.
    case finished
    /// The peer gave up its stream.
    case reset(code: UInt64)
}
