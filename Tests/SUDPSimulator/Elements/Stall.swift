package import SUDPProtocol

/// Holds everything back during some intervals and delivers it in order at their end.
package struct Stall: NetworkElement {
    private let intervals: [Range<Instant>]

    package init(_ intervals: [Range<Instant>]) {
        self.intervals = intervals
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        let interval = intervals.first { $0.contains(now) }
        return [NetworkDelivery(datagram, at: interval?.upperBound ?? now)]
    }
}
