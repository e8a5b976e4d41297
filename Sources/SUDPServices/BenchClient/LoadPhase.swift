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
            flow.course.stop()
            await visit.end(flow.link, after: .now - start.time)
        }
        return Outcome(result: result, failure: failure)
    }

    /// The counters of both sides now.
    func mark(_ flows: [LoadFlow], _ remote: RemoteWatch) async -> BenchMark {
        var local = ProcessUsage.now()
        for flow in flows { local = local.adding(await flow.link.stream.counters()) }
        return BenchMark(time: .now, local: local, remote: remote.now)
    }

    private func openFlows() async throws -> [LoadFlow] {
        let plan = visit.plan
        let requests = (0..<plan.flows).map { request(share: UInt64($0), of: UInt64(plan.flows)) }
        let pace = plan.bytesPerSecond.map {
            RateLimit(bytesPerSecond: $0, allowance: BenchConstants.paceAllowance)
        }
        let ends = try requests.map { try LoadEnds(plan, $0, pace: pace) }
        let links = try await visit.openLinks { .join(token: $0, requests[$1]) }
        return zip(links, ends).map { LoadFlow($0, direction, $1) }
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
