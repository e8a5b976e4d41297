internal import Glibc
internal import SUDPTransport
internal import Synchronization

/// A connection of its own on which pings go at a fixed pace and come back.
///
/// The pace does not wait for answers: a path that stalls is seen by all pings of that time.
final class EchoProbe: Sendable {
    private struct State {
        var histogram = LatencyHistogram()
        var interval = LatencyHistogram()
        /// Those since the last look, in nanoseconds.
        var recent: [UInt64] = []
        /// Pings from before do not count.
        var since: UInt64 = 0
        var isOver = false
    }

    private static let recentMaximum = 4096

    private let connection: Connection
    private let state = Mutex(State())

    /// Starts to ping a server on an established connection.
    init(_ connection: Connection, token: [UInt8]) async throws {
        self.connection = connection
        try await connection.write(.echo(token: token))
        let threads = [
            DedicatedThread { [self] in ping() }, DedicatedThread { [self] in listen() },
        ]
        guard !threads.contains(where: { $0 == nil }) else {
            stop()
            throw BenchFailure.noThread
        }
    }

    /// Counts from now on.
    func restart() {
        state.withLock { state in
            state.histogram = LatencyHistogram()
            state.interval = LatencyHistogram()
            state.recent = []
            state.since = ProcessUsage.clock
        }
    }

    /// What was measured since the start.
    var latency: BenchLatency? { state.withLock { $0.histogram.summary } }

    /// What was measured since the start or the last interval.
    func takeInterval() -> BenchLatency? {
        state.withLock { state in
            defer { state.interval = LatencyHistogram() }
            return state.interval.summary
        }
    }

    /// The median of those since the last look, in milliseconds; nil when there were none.
    func takeRecent() -> Double? {
        let recent = state.withLock { state in
            defer { state.recent = [] }
            return state.recent.sorted()
        }
        return recent.isEmpty ? nil : Double(recent[recent.count / 2]) / 1e6
    }

    /// Ends the connection.
    func stop() {
        state.withLock { $0.isOver = true }
        connection.close(code: BenchCode.complete.rawValue)
    }

    private func ping() {
        let (_, attoseconds) = BenchConstants.pingInterval.components
        let interval = UInt64(clamping: attoseconds / 1_000_000_000)
        var number: UInt64 = 0
        var due = ProcessUsage.clock
        while !state.withLock({ $0.isOver }) {
            let ping = BenchMessage.ping(BenchPing(number: number, time: ProcessUsage.clock))
            guard (try? connection.blockingWrite(ByteBlock(ping.message.encoded))) != nil else {
                return
            }
            number &+= 1
            due &+= interval
            var time = timespec(
                tv_sec: Int(clamping: due / 1_000_000_000),
                tv_nsec: Int(clamping: due % 1_000_000_000))
            while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
        }
    }

    private func listen() {
        var splitter = MessageSplitter(maximumBodyByteCount: BenchConstants.maximumBodyByteCount)
        do {
            while let block = try connection.blockingRead() {
                let now = ProcessUsage.clock
                splitter.append(block)
                while let message = try splitter.next() {
                    guard case .pong(let ping) = try BenchMessage(message) else { return stop() }
                    note(ping, now)
                }
            }
        } catch {
            stop()
        }
    }

    private func note(_ ping: BenchPing, _ now: UInt64) {
        state.withLock { state in
            guard ping.time >= state.since, ping.time <= now else { return }
            state.histogram.record(now - ping.time)
            state.interval.record(now - ping.time)
            if state.recent.count < Self.recentMaximum { state.recent.append(now - ping.time) }
        }
    }
}
