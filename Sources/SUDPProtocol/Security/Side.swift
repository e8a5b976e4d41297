/// Which end of a connection this is.
enum Side: Sendable {
    case client
    case server
}
