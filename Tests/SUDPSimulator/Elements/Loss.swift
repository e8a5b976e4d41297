package import SUDPProtocol

/// Loses each datagram with the same probability.
package struct Loss: NetworkElement {
    private let probability: Double

    package init(_ probability: Double) {
        self.probability = probability
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        random.chance(probability) ? [] : [NetworkDelivery(datagram, at: now)]
    }
}
