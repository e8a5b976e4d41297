/// What became of a train that was given to the kernel.
enum SendOutcome: Hashable {
    /// The kernel took all of it.
    case sent
    /// The socket is full; the bytes from `offset` on wait until it can be written again.
    case blocked(offset: Int)
    /// Datagrams were refused with this error number; to the protocol they are lost.
    case lost(errno: Int32)
}
