package import SUDPProtocol

/// A token bucket without a queue: it loses what comes faster than its rate.
package struct Policer: NetworkElement {
    private let bytesPerSecond: UInt64
    private let burst: UInt64
    private var spentUntil = Instant(nanoseconds: 0)

    /// `burst`: the bytes that may come at once.
    package init(bytesPerSecond: UInt64, burst: UInt64) {
        self.bytesPerSecond = max(bytesPerSecond, 1)
        self.burst = burst
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        let owed = (spentUntil - now).nanoseconds / 1000 * bytesPerSecond / 1_000_000
        let size = UInt64(datagram.bytes.count)
        guard owed + size <= burst else { return [] }
        spentUntil =
            max(spentUntil, now) + TimeSpan(nanoseconds: size * 1_000_000_000 / bytesPerSecond)
        return [NetworkDelivery(datagram, at: now)]
    }
}
