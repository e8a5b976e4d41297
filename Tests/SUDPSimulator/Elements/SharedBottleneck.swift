package import SUDPProtocol

/// A bottleneck that the links of several clients share.
///
/// A class because every link has elements of its own.
package final class SharedBottleneck: NetworkElement {
    private var limit: RateLimit

    /// `queueLimit`: the bytes that may wait; `markingDelay`: the wait from which on ECN-capable
    /// datagrams are marked.
    package init(bytesPerSecond: UInt64, queueLimit: UInt64, markingDelay: TimeSpan? = nil) {
        limit = RateLimit(
            bytesPerSecond: bytesPerSecond, queueLimit: queueLimit, markingDelay: markingDelay)
    }

    package func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        limit.pass(datagram, now: now, random: &random)
    }
}
