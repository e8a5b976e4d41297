/// Why an authenticated packet ends the connection, or cannot be taken.
enum ConnectionFault: Error {
    /// There is no place for its data now: unacknowledged, it comes again.
    case noRoom
    case violation(TransportErrorCode, String)
    case handshake(HandshakeFailure)
}
