/// A way between two ends: the address this side sends from and the address it sends to.
@frozen public struct NetworkPath: Hashable, Sendable {
    /// The local address; unspecified when the system chooses it.
    public var local: NetworkAddress
    /// The peer's address.
    public var remote: NetworkAddress

    /// Makes a path.
    public init(local: NetworkAddress, remote: NetworkAddress) {
        self.local = local
        self.remote = remote
    }
}
