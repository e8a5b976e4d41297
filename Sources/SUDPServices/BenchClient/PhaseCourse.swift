/// How a measurement under load goes on: looks at the counters at a fixed pace.
struct PhaseCourse {
    private let phase: LoadPhase
    private let flows: [LoadFlow]
    private let remote: RemoteWatch
    private let probe: ConnectionProbe
    private let start: BenchMark
    /// From where on it counts; nil while it warms up.
    private var counted: BenchMark?
    private var last: BenchMark
    private var intervalStart: BenchMark
    /// Seconds of round trips of the connections that carry the load.
    private var roundTrips: [Double] = []

    init(
        phase: LoadPhase, flows: [LoadFlow], remote: RemoteWatch, probe: ConnectionProbe,
        start: BenchMark
    ) {
        (self.phase, self.flows, self.remote, self.probe) = (phase, flows, remote, probe)
        (self.start, last, intervalStart) = (start, start, start)
        counted = plan.warmUp > .zero ? nil : start
    }

    private var plan: BenchPlan { phase.visit.plan }

    /// Follows the flows until they are to end; returns what failed, if anything did.
    mutating func follow() async -> (any Error)? {
        var next = start.time
        while true {
            next = max(next + BenchConstants.sampleInterval, .now)
            let wake = min(next, deadline ?? next)
            await phase.visit.stop.sleep(until: wake)
            await look()
            // One look: a flow that fails between two would pass for one that is complete.
            let ends = flows.map(\.course.end)
            for case .failed(let error) in ends { return error }
            if phase.visit.stop.isSet { return CancellationError() }
            if !ends.contains(where: { $0 == nil }) { return nil }
            if let deadline, deadline <= last.time { return nil }
        }
    }

    /// A warm-up that was seen to end late takes nothing from what counts.
    private var deadline: ContinuousClock.Instant? {
        plan.endsByTime ? counted.map { $0.time + plan.duration } : nil
    }

    private mutating func look() async {
        var mark = await phase.mark(flows, remote)
        if let end = completion { mark.time = max(end, last.time + .nanoseconds(1)) }
        phase.visit.tell(.sample(sample(mark)))
        last = mark
        if counted == nil, mark.time - start.time >= plan.warmUp { beginToCount(mark) }
        let sender = phase.direction.isUpload ? mark.local : mark.remote
        if let roundTrip = sender?.smoothedRTT, roundTrip > 0 {
            roundTrips.append(Double(roundTrip) / 1e9)
        }
        // Looks come a little early or late.
        let elapsed = mark.time - intervalStart.time
        if elapsed + BenchConstants.sampleInterval / 2 >= plan.interval { endInterval(mark) }
    }

    /// When the last flow had moved all of its load; nil while one goes on.
    private var completion: ContinuousClock.Instant? {
        var latest: ContinuousClock.Instant?
        for flow in flows {
            guard case .complete(let time) = flow.course.end else { return nil }
            latest = max(latest ?? time, time)
        }
        return latest
    }

    private mutating func beginToCount(_ mark: BenchMark) {
        counted = mark
        roundTrips = []
        probe.restart()
        endInterval(mark, isWarmUp: true)
        phase.visit.echo?.restart()
    }

    private mutating func endInterval(_ mark: BenchMark, isWarmUp: Bool? = nil) {
        guard mark.time > intervalStart.time else { return }
        let from = intervalStart
        phase.visit.tell(
            .interval(
                BenchInterval(
                    variant: phase.visit.variant.name, run: phase.visit.run,
                    direction: phase.direction, start: (from.time - start.time) / .seconds(1),
                    end: (mark.time - start.time) / .seconds(1),
                    isWarmUp: isWarmUp ?? (counted == nil),
                    figures: phase.direction.parts.map { BenchFigures($0, from: from, to: mark) },
                    latency: phase.visit.echo?.takeInterval())))
        intervalStart = mark
    }

    private func sample(_ mark: BenchMark) -> BenchSample {
        let rates = phase.direction.parts.map { BenchFigures($0, from: last, to: mark) }
        func rate(_ direction: BenchDirection) -> Double? {
            rates.first { $0.direction == direction }?.bitsPerSecond
        }
        return phase.visit.sample(
            phase.direction, at: mark.time, since: start.time, download: rate(.download),
            upload: rate(.upload))
    }

    /// What was measured, up to the last look.
    mutating func conclude() async -> BenchPhaseResult {
        if last.time - intervalStart.time >= BenchConstants.sampleInterval { endInterval(last) }
        await remote.ask()
        last.remote = remote.now
        var result = BenchPhaseResult(phase.direction)
        result.latency = phase.visit.echo?.latency
        if let idle = phase.idle, let latency = result.latency {
            result.addedLatency = max(latency.p50 - idle.p50, 0)
        }
        guard let counted, last.time > counted.time else { return result }
        result.figures = phase.direction.parts.map { BenchFigures($0, from: counted, to: last) }
        let times = probe.measured
        result.responsiveness =
            Responsiveness(
                handshakes: times.handshakes, answers: times.answers, loaded: roundTrips
            ).roundTripsPerMinute
        result.disk = flows.lazy.compactMap(\.disk).first
        result.client = last.local.since(counted.local)
        if let from = counted.remote { result.server = last.remote.map { $0.since(from) } }
        return result
    }
}
