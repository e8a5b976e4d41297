package import SUDPProtocol

/// A bottleneck: datagrams leave one after the other at a rate, behind a queue that drops its tail.
package struct RateLimit: NetworkElement {
    private let bytesPerSecond: UInt64
    private let queueLimit: UInt64
    private let markingDelay: TimeSpan?
    private var freeAt = Instant(nanoseconds: 0)

    /// `queueLimit`: the bytes that may wait; `markingDelay`: the wait from which on ECN-capable
    /// datagrams are marked.
    package init(bytesPerSecond: UInt64, queueLimit: UInt64, markingDelay: TimeSpan? = nil) {
        self.bytesPerSecond = max(bytesPerSecond, 1)
        self.queueLimit = queueLimit
        self.markingDelay = markingDelay
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        let size = UInt64(datagram.bytes.count)
        let waiting = (freeAt - now).nanoseconds / 1000 * bytesPerSecond / 1_000_000
        guard waiting + size <= queueLimit else { return [] }
        let transmission = TimeSpan(nanoseconds: size * 1_000_000_000 / bytesPerSecond)
        var datagram = datagram
        if let markingDelay, datagram.ecn != .notECT, freeAt - now > markingDelay {
            datagram.ecn = .ce
        }
        freeAt = max(freeAt, now) + transmission
        return [NetworkDelivery(datagram, at: freeAt)]
    }
}
