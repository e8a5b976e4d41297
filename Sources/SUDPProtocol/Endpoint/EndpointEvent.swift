/// What a connection tells its endpoint.
@frozen public enum EndpointEvent: Hashable, Sendable {
    /// Packets with this connection ID belong to it.
    case addConnectionID(ConnectionID)
    /// Packets with this connection ID no longer belong to it.
    case removeConnectionID(ConnectionID)
    /// A datagram that ends with this token says that the peer has forgotten it.
    case expectReset(ResetToken)
    /// It is no longer half-open.
    case handshakeEnded
    /// It is over; forget it.
    case drained
}
