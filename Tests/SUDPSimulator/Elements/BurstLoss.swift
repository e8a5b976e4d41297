package import SUDPProtocol

/// Loses datagrams in bursts: the two-state model of Gilbert and Elliott.
package struct BurstLoss: NetworkElement {
    private let beginning: Double
    private let ending: Double
    private let lossInBurst: Double
    private var isInBurst = false

    /// `beginning` and `ending`: the chance per datagram that a burst begins or ends.
    package init(beginning: Double, ending: Double, lossInBurst: Double = 1) {
        self.beginning = beginning
        self.ending = ending
        self.lossInBurst = lossInBurst
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        isInBurst = isInBurst ? !random.chance(ending) : random.chance(beginning)
        let isLost = isInBurst && random.chance(lossInBurst)
        return isLost ? [] : [NetworkDelivery(datagram, at: now)]
    }
}
