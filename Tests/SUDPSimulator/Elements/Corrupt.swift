package import SUDPProtocol

/// Changes one byte of some datagrams.
package struct Corrupt: NetworkElement {
    private let probability: Double

    package init(_ probability: Double) {
        self.probability = probability
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        guard random.chance(probability), !datagram.bytes.isEmpty else {
            return [NetworkDelivery(datagram, at: now)]
        }
        var changed = datagram
        let index = Int(random.below(UInt64(changed.bytes.count)))
        changed.bytes[index] ^= UInt8(random.pick(1...255))
        return [NetworkDelivery(changed, at: now)]
    }
}
