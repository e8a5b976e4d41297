internal import SUDPProtocol

/// Why a connection is over.
enum LinkEnd: Hashable, Sendable {
    /// The protocol ended it.
    case closed(CloseReason)
    /// It never opened: the peer's machine or a router refused what was sent.
    case unreachable(errno: Int32)
    /// The driver could not go on.
    case failed(SystemError)
}
