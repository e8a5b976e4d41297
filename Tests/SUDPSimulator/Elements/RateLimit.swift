package import SUDPProtocol

/// A bottleneck: datagrams leave one after the other at a rate, behind a queue that drops its tail.
package struct RateLimit: NetworkElement {
    private let bytesPerSecond: UInt64
    private let queueLimit: UInt64
    private var freeAt = Instant(nanoseconds: 0)

    /// `queueLimit`: the bytes that may wait.
    package init(bytesPerSecond: UInt64, queueLimit: UInt64) {
        self.bytesPerSecond = max(bytesPerSecond, 1)
        self.queueLimit = queueLimit
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        let size = UInt64(datagram.bytes.count)
        let waiting = (freeAt - now).nanoseconds / 1000 * bytesPerSecond / 1_000_000
        guard waiting + size <= queueLimit else { return [] }
        let transmission = TimeSpan(nanoseconds: size * 1_000_000_000 / bytesPerSecond)
        freeAt = max(freeAt, now) + transmission
        return [NetworkDelivery(datagram, at: freeAt)]
    }
}
