internal import SUDPTransport

/// Makes requests over connections that stay open, and counts the answers.
struct TransactionRun: Sendable {
    /// The moment from which on something counts, and what both processes had used up by then.
    private struct Mark {
        var time: ContinuousClock.Instant
        var local: BenchStatistics
        var remote: BenchStatistics?
    }

    /// What was measured and, when it ended early, why.
    struct Outcome: Sendable {
        var result: BenchTransactions
        var failure: (any Error)?
    }

    let visit: ClientVisit
    private let tally = TransactionTally()

    /// Measures until the time is over or something fails.
    func measure(_ transaction: BenchTransaction) async throws -> Outcome {
        let links = try await visit.openLinks { token, _ in .transact(token: token, transaction) }
        let flows = links.map { TransactionFlow($0, transaction, tally) }
        var start = await mark()
        start.time = .now
        var failure: (any Error)?
        var counted = start
        do {
            for flow in flows { try flow.start() }
            if visit.plan.warmUp > .zero {
                try await follow(from: start.time, to: start.time + visit.plan.warmUp, start.time)
                tally.restart()
                counted = await mark()
            }
            let end = max(start.time + visit.plan.warmUp, counted.time) + visit.plan.duration
            try await follow(from: counted.time, to: end, start.time, isWarmUp: false)
        } catch {
            failure = error
        }
        let time = tally.end()
        let end = await mark()
        for link in links { await visit.end(link, after: time - start.time) }
        let server = counted.remote.flatMap { before in end.remote.map { $0.since(before) } }
        let latency = tally.latency
        return Outcome(
            result: BenchTransactions(
                count: latency?.count ?? 0, seconds: (time - counted.time) / .seconds(1),
                latency: latency, client: end.local.since(counted.local), server: server),
            failure: failure)
    }

    private func mark() async -> Mark {
        let time = ContinuousClock.now
        let local = ProcessUsage.now()
        return Mark(time: time, local: local, remote: await visit.control.statistics(group: 0))
    }

    /// Waits and tells of intervals; throws what failed, also that it was told to stop.
    private func follow(
        from start: ContinuousClock.Instant, to end: ContinuousClock.Instant,
        _ phaseStart: ContinuousClock.Instant, isWarmUp: Bool = true
    ) async throws {
        var (last, intervalStart) = (start, start)
        while last < end {
            await visit.stop.sleep(until: min(last + BenchConstants.sampleInterval, end))
            let now = ContinuousClock.now
            visit.tell(.sample(sample(from: last, to: now, phaseStart)))
            last = now
            let failure: (any Error)? = visit.stop.isSet ? CancellationError() : tally.failure
            let isDue =
                now - intervalStart + BenchConstants.sampleInterval / 2 >= visit.plan.interval
            // What the last interval does not have does not count either.
            if failure != nil || (now >= end && !isWarmUp) { tally.end() }
            if isDue || now >= end || failure != nil {
                visit.tell(
                    .transactions(
                        BenchTransactionInterval(
                            variant: visit.variant.name, run: visit.run,
                            start: (intervalStart - phaseStart) / .seconds(1),
                            end: (now - phaseStart) / .seconds(1), isWarmUp: isWarmUp,
                            latency: tally.takeInterval())))
                intervalStart = now
            }
            if let failure { throw failure }
        }
    }

    private func sample(
        from last: ContinuousClock.Instant, to now: ContinuousClock.Instant,
        _ phaseStart: ContinuousClock.Instant
    ) -> BenchSample {
        BenchSample(
            variant: visit.variant.name, run: visit.run, direction: nil,
            time: (now - visit.origin) / .seconds(1), phaseTime: (now - phaseStart) / .seconds(1),
            transactions: Double(tally.takeRecent()) / ((now - last) / .seconds(1)))
    }
}
