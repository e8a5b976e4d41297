/// What a connection tells its application.
@frozen public enum ConnectionEvent: Hashable, Sendable {
    /// The handshake is done and the peer confirmed; data may flow.
    case established
    /// Bytes or the end of the stream can be read.
    case readable
    /// The send buffer has room again.
    case writable
    /// The peer reads no more of our stream; what was not sent is dropped.
    case stopped(code: UInt64)
    /// The peer gave up its stream; what was not read is dropped.
    case reset(code: UInt64)
    /// The peer's application has consumed our whole stream.
    case sendConfirmed
    /// The connection ended; always the last event.
    case closed(CloseReason)
}
