/// Why an authenticated packet ends the connection.
enum ConnectionFault: Error {
    case violation(TransportErrorCode, String)
    case handshake(HandshakeFailure)
}
