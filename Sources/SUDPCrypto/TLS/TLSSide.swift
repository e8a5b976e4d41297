/// Which end of a handshake a session is.
public enum TLSSide: Sendable, Equatable {
    /// The end that sends the ClientHello.
    case client
    /// The end that answers it.
    case server
}
