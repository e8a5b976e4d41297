internal import SUDPTransport

/// One visit of a client to a benchmark server: the connections that all its measurements share.
struct ClientVisit: Sendable {
    let target: BenchTarget
    let plan: BenchPlan
    let variant: BenchVariant
    let run: Int
    /// When everything began.
    let origin: ContinuousClock.Instant
    let stop: BenchStop
    let tell: @Sendable (BenchEvent) -> Void
    let onFlowEnd: @Sendable (Connection, Duration) async -> Void
    let control: BenchControl
    /// Measures the round trip; nil where the load itself does.
    var echo: EchoProbe?

    /// Opens a connection that will carry load.
    func openFlow(
        _ request: BenchFlowRequest, _ door: (address: NetworkAddress, token: [UInt8])?,
        _ pace: RateLimit?
    ) async throws -> any BenchFlow {
        if let door {
            return try await TCPFlow.open(door.address, token: door.token, request, pace: pace)
        }
        let file = try plan.file.map { try LoadFile($0) }
        let sink = try plan.sink.map { try LoadSink($0) }
        let connection = try await target.connect(variant)
        return try await SUDPFlow(
            connection, token: control.welcome.token, request, pace: pace, file: file,
            sink: sink)
    }

    func sample(
        _ direction: BenchDirection?, at time: ContinuousClock.Instant,
        since start: ContinuousClock.Instant, download: Double? = nil, upload: Double? = nil
    ) -> BenchSample {
        BenchSample(
            variant: variant.name, run: run, direction: direction,
            time: (time - origin) / .seconds(1), phaseTime: (time - start) / .seconds(1),
            download: download, upload: upload, latency: echo?.takeRecent())
    }

    /// Measures the latency of the path without load.
    func measureIdle(_ time: Duration) async -> BenchPhaseResult {
        echo?.restart()
        let start = ContinuousClock.now
        var next = start
        while next < start + time, !stop.isSet {
            next += BenchConstants.sampleInterval
            await stop.sleep(until: next)
            tell(.sample(sample(nil, at: .now, since: start)))
        }
        var result = BenchPhaseResult(nil)
        result.latency = echo?.latency
        return result
    }
}
