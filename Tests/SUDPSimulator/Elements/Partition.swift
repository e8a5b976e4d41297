package import SUDPProtocol

/// Loses everything during some intervals.
package struct Partition: NetworkElement {
    private let intervals: [Range<Instant>]

    package init(_ intervals: [Range<Instant>]) {
        self.intervals = intervals
    }

    /// Loses everything from `start` on, for ever.
    package init(from start: Instant) {
        intervals = [start..<Instant(nanoseconds: .max)]
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        intervals.contains { $0.contains(now) } ? [] : [NetworkDelivery(datagram, at: now)]
    }
}
