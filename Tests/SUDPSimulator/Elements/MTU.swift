package import SUDPProtocol

/// Loses every datagram with more bytes than the path carries.
package struct MTU: NetworkElement {
    private let limit: Int

    /// `limit`: the largest UDP payload in bytes.
    package init(_ limit: Int) {
        self.limit = limit
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        datagram.bytes.count > limit ? [] : [NetworkDelivery(datagram, at: now)]
    }
}
