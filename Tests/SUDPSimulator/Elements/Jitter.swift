package import SUDPProtocol

/// Delivers every datagram a random time later, in order or as it comes.
package struct Jitter: NetworkElement {
    private let limit: TimeSpan
    private let keepsOrder: Bool
    private var lastDeparture = Instant(nanoseconds: 0)

    package init(below limit: TimeSpan, keepsOrder: Bool = false) {
        self.limit = limit
        self.keepsOrder = keepsOrder
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        let departure = now + random.span(below: limit)
        lastDeparture = keepsOrder ? max(departure, lastDeparture) : departure
        return [NetworkDelivery(datagram, at: lastDeparture)]
    }
}
