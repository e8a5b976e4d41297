internal import SUDPTransport

/// One measurement under load, from the connections that carry it to their end.
struct LoadPhase: Sendable {
    let visit: ClientVisit
    let direction: BenchDirection
    let group: UInt32
    let idle: BenchLatency?

    /// What was measured and, when it ended early, why.
    struct Outcome: Sendable {
        var result: BenchPhaseResult
        var failure: (any Error)?
    }

    /// Measures until the time is over, all was moved, or something fails.
    func run() async throws -> Outcome {
        let probe = try ConnectionProbe(
            visit.target, visit.variant, token: visit.control.welcome.token)
        let flows = try await openFlows()
        let remote = await RemoteWatch(visit.control, group: group)
        let background = [Task { await remote.run() }, Task { await probe.run() }]
        visit.echo?.restart()
        let start = await mark(flows, remote)
        var course = PhaseCourse(
            phase: self, flows: flows, remote: remote, probe: probe, start: start)
        var failure: (any Error)?
        do { for flow in flows { try flow.start() } } catch { failure = error }
        if failure == nil { failure = await course.follow() }
        for task in background { task.cancel() }
        let result = await course.conclude()
        for flow in flows {
            if let connection = (flow as? SUDPFlow)?.connection {
                await visit.onFlowEnd(connection, .now - start.time)
            }
            await flow.stop()
        }
        return Outcome(result: result, failure: failure)
    }

    /// The counters of both sides now.
    func mark(_ flows: [any BenchFlow], _ remote: RemoteWatch) async -> BenchMark {
        var local = ProcessUsage.now()
        for flow in flows { local = local.adding(await flow.statistics()) }
        return BenchMark(time: .now, local: local, remote: remote.now)
    }

    private func openFlows() async throws -> [any BenchFlow] {
        let plan = visit.plan
        let door = visit.variant.way == .tcp ? try await visit.control.openTCP() : nil
        let shares = (0..<plan.flows).map { request(share: UInt64($0), of: UInt64(plan.flows)) }
        let pace = plan.bytesPerSecond.map {
            RateLimit(bytesPerSecond: $0, allowance: BenchConstants.paceAllowance)
        }
        return try await visit.stop.run { [visit] in
            try await withThrowingTaskGroup(of: (any BenchFlow).self) { tasks in
                for request in shares {
                    tasks.addTask { try await visit.openFlow(request, door, pace) }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
        }
    }

    private func request(share index: UInt64, of count: UInt64) -> BenchFlowRequest {
        func share(_ whole: UInt64) -> UInt64 { whole / count + (index < whole % count ? 1 : 0) }
        var request = BenchFlowRequest()
        request.direction = direction
        request.group = group
        request.byteCount = visit.plan.byteCount.map(share) ?? 0
        request.bytesPerSecond = visit.plan.bytesPerSecond.map { max(share($0), 1) } ?? 0
        request.blockByteCount = UInt32(clamping: visit.plan.blockByteCount)
        request.congestionControl =
            (visit.variant.configuration ?? visit.target.configuration).congestionControl
        return request
    }
}
