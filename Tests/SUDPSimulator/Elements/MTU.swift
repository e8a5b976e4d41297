package import SUDPProtocol

/// Loses every datagram with more bytes than the path carries.
package struct MTU: NetworkElement {
    private let limit: Int
    private let start: Instant

    /// `limit`: the largest UDP payload in bytes; what is sent before `start` passes.
    package init(_ limit: Int, from start: Instant = Instant(nanoseconds: 0)) {
        self.limit = limit
        self.start = start
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        datagram.bytes.count > limit && now >= start ? [] : [NetworkDelivery(datagram, at: now)]
    }
}
