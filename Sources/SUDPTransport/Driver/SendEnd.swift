/// Why nothing more can be written.
enum SendEnd: Hashable, Sendable {
    /// The application finished it, and the peer's application has consumed all of it.
    case confirmed
    /// The peer reads no more.
    case stopped(code: UInt64)
    /// The application gave it up.
    case reset
}
