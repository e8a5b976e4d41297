internal import Synchronization

/// What the connections of a measurement of transactions have counted together.
final class TransactionTally: Sendable {
    private struct State {
        var histogram = LatencyHistogram()
        var interval = LatencyHistogram()
        var recent: UInt64 = 0
        /// Requests from before do not count.
        var since: UInt64 = 0
        var end: ContinuousClock.Instant?
        var failure: (any Error)?
    }

    private let state = Mutex(State())

    /// Whether no further request shall be made.
    var isOver: Bool { state.withLock { $0.end != nil } }

    /// Why a connection gave up; nil while none did.
    var failure: (any Error)? { state.withLock { $0.failure } }

    /// What was counted since the start.
    var latency: BenchLatency? { state.withLock { $0.histogram.summary } }

    /// Counts a request that was made at a time and is answered now, in nanoseconds.
    func note(from start: UInt64, to end: UInt64) {
        state.withLock { state in
            guard state.end == nil, start >= state.since else { return }
            state.histogram.record(end &- start)
            state.interval.record(end &- start)
            state.recent += 1
        }
    }

    /// Counts from now on.
    func restart() {
        state.withLock { state in
            state.histogram = LatencyHistogram()
            state.interval = LatencyHistogram()
            state.since = ProcessUsage.clock
        }
    }

    /// What was counted since the start or the last interval.
    func takeInterval() -> BenchLatency? {
        state.withLock { state in
            defer { state.interval = LatencyHistogram() }
            return state.interval.summary
        }
    }

    /// How many were counted since the last look.
    func takeRecent() -> UInt64 {
        state.withLock { state in
            defer { state.recent = 0 }
            return state.recent
        }
    }

    func fail(_ error: any Error) {
        state.withLock { state in
            if state.end == nil, state.failure == nil { state.failure = error }
        }
    }

    /// Counts no more; returns since when.
    @discardableResult func end() -> ContinuousClock.Instant {
        state.withLock { state in
            let end = state.end ?? .now
            state.end = end
            return end
        }
    }
}
