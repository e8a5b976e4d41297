public import SUDPCrypto

/// What a connection tells its application.
@frozen public enum ConnectionEvent: Hashable, Sendable {
    /// Data may flow: the handshake is done and the peer confirmed, or early data was taken.
    case established
    /// The server gave what the next connection can resume the session by.
    case ticket(SessionTicket)
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
