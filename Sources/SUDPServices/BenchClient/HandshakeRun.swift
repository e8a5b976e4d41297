internal import SUDPTransport
internal import Synchronization

/// Makes connections and ends them, as many as can be in the time.
struct HandshakeRun: Sendable {
    private struct Tally {
        var latency = LatencyHistogram()
        var count: UInt64 = 0
        var failures: UInt64 = 0
        var lastFailure: (any Error)?
    }

    let target: BenchTarget
    let plan: BenchPlan
    let variant: BenchVariant
    let control: BenchControl
    let stop: BenchStop

    /// Returns what was counted; throws when no connection was made.
    func run() async throws -> BenchHandshakes {
        let before = (local: ProcessUsage.now(), remote: await control.statistics(group: 0))
        let start = ContinuousClock.now
        let deadline = start + plan.duration
        let tally = try await count(until: deadline)
        let end = ContinuousClock.now
        let after = (local: ProcessUsage.now(), remote: await control.statistics(group: 0))
        if tally.count == 0, let failure = tally.lastFailure { throw failure }
        let server = before.remote.flatMap { before in after.remote.map { $0.since(before) } }
        return BenchHandshakes(
            count: tally.count, failures: tally.failures, seconds: (end - start) / .seconds(1),
            latency: tally.latency.summary, client: after.local.since(before.local),
            server: server)
    }

    private func count(until deadline: ContinuousClock.Instant) async throws -> Tally {
        let shared = SharedTally(Tally())
        let connector = try target.connector(variant)
        await withDiscardingTaskGroup { group in
            for _ in 0..<plan.flows {
                group.addTask {
                    while !stop.isSet, deadline > .now { await connect(connector, shared) }
                }
            }
        }
        return shared.state.withLock { $0 }
    }

    private final class SharedTally: Sendable {
        let state: Mutex<Tally>

        init(_ tally: sending Tally) {
            state = Mutex(tally)
        }
    }

    private func connect(_ connector: Connector, _ shared: SharedTally) async {
        let start = ProcessUsage.clock
        do {
            let connection = try await stop.run { [target] in
                try await target.connect(connector)
            }
            let time = ProcessUsage.clock
            connection.close(code: BenchCode.complete.rawValue)
            shared.state.withLock { tally in
                tally.latency.record(time &- start)
                tally.count += 1
            }
        } catch {
            shared.state.withLock { tally in
                tally.failures += 1
                tally.lastFailure = error
            }
            // A server that refuses at once is not asked in a tight loop.
            await stop.sleep(until: .now + .milliseconds(10))
        }
    }
}
