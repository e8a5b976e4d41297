package import SUDPProtocol

/// Loses the datagrams that a rule picks.
package struct Drop: NetworkElement {
    private let rule: (NetworkDatagram, Instant) -> Bool

    package init(where rule: @escaping (NetworkDatagram, Instant) -> Bool) {
        self.rule = rule
    }

    /// Loses the datagrams with these numbers.
    package init(numbers: Set<Int>) {
        rule = { datagram, _ in numbers.contains(datagram.number) }
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        rule(datagram, now) ? [] : [NetworkDelivery(datagram, at: now)]
    }
}
