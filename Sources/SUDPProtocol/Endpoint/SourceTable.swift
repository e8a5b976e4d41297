internal import DequeModule

/// The rate at which each of the last sources opens connections.
struct SourceTable {
    private var buckets: [NetworkAddress: TokenBucket] = [:]
    /// Every source in `buckets` once, the next one to be forgotten first.
    private var order: Deque<NetworkAddress> = []

    var count: Int { buckets.count }

    /// Counts another connection; false when the source is too fast, or unknown while the table is
    /// full of sources that were fast a short while ago.
    mutating func spend(_ source: NetworkAddress, now: Instant) -> Bool {
        if buckets[source] == nil {
            guard makeRoom(now: now) else { return false }
            order.append(source)
        }
        var bucket =
            buckets[source]
            ?? TokenBucket(
                rate: Limits.newConnectionsPerSecond, burst: Limits.newConnectionsBurst)
        let isWithinRate = bucket.spend(now: now)
        buckets[source] = bucket
        return isWithinRate
    }

    /// Forgets a source that may have its whole burst again, so that nothing is lost with it.
    private mutating func makeRoom(now: Instant) -> Bool {
        guard buckets.count >= Limits.sourcesRemembered else { return true }
        for _ in 0..<Limits.sourcesExamined {
            guard let oldest = order.popFirst() else { return true }
            guard let bucket = buckets[oldest], !bucket.isFull(now: now) else {
                buckets[oldest] = nil
                return true
            }
            order.append(oldest)
        }
        return false
    }
}
