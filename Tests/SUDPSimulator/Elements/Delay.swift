package import SUDPProtocol

/// Delivers every datagram the same time later.
package struct Delay: NetworkElement {
    private let span: TimeSpan

    package init(_ span: TimeSpan) {
        self.span = span
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        [NetworkDelivery(datagram, at: now + span)]
    }
}
