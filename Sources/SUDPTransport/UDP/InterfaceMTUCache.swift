internal import SUDPProtocol

/// What the interface takes on the way to the peer that was asked for last: clients come in
/// groups, and each question costs the system a socket.
struct InterfaceMTUCache {
    private static let lifetime = TimeSpan.seconds(1)

    private var remote: NetworkAddress?
    private var datagramSize: Int?
    private var expiry = Instant(nanoseconds: 0)

    /// As `InterfaceMTU.datagramSize(towards:)`, at most a second old.
    mutating func datagramSize(towards remote: NetworkAddress, now: Instant) -> Int? {
        var host = remote
        host.port = 0
        guard host != self.remote || expiry <= now else { return datagramSize }
        datagramSize = InterfaceMTU.datagramSize(towards: remote)
        self.remote = host
        expiry = now + Self.lifetime
        return datagramSize
    }
}
