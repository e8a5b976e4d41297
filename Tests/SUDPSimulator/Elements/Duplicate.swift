package import SUDPProtocol

/// Delivers some datagrams a second time, a random time after the first.
package struct Duplicate: NetworkElement {
    private let probability: Double
    private let limit: TimeSpan

    package init(_ probability: Double, within limit: TimeSpan = .milliseconds(1)) {
        self.probability = probability
        self.limit = limit
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        let first = NetworkDelivery(datagram, at: now)
        guard random.chance(probability) else { return [first] }
        return [first, NetworkDelivery(datagram, at: now + random.span(below: limit))]
    }
}
