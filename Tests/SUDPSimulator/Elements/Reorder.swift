package import SUDPProtocol

/// Holds some datagrams back so that later ones overtake them.
package struct Reorder: NetworkElement {
    private let probability: Double
    private let span: TimeSpan
    private let rule: ((NetworkDatagram) -> Bool)?

    /// Holds a datagram back by `span` with this probability.
    package init(_ probability: Double, by span: TimeSpan) {
        self.probability = probability
        self.span = span
        rule = nil
    }

    /// Holds back by `span` the datagrams that the rule picks.
    package init(by span: TimeSpan, where rule: @escaping (NetworkDatagram) -> Bool) {
        probability = 0
        self.span = span
        self.rule = rule
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        let isHeld = rule?(datagram) ?? random.chance(probability)
        return [NetworkDelivery(datagram, at: isHeld ? now + span : now)]
    }
}
