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

    /// Opens as many connections as the plan says; `announce` says what each of them is for, by
    /// a token and its place among those that are returned.
    func openLinks(
        _ announce: @escaping @Sendable (_ token: [UInt8], _ index: Int) -> BenchMessage
    ) async throws -> [any BenchLink] {
        let door = variant.way == .tcp ? try await control.openTCP() : nil
        return try await stop.run { [self] in
            try await withThrowingTaskGroup(of: (Int, any BenchLink).self) { tasks in
                for index in 0..<plan.flows {
                    tasks.addTask { (index, try await openLink(index, door, announce)) }
                }
                let links = try await tasks.reduce(into: []) { $0.append($1) }
                return links.sorted { $0.0 < $1.0 }.map(\.1)
            }
        }
    }

    private func openLink(
        _ index: Int, _ door: (address: NetworkAddress, token: [UInt8])?,
        _ announce: (_ token: [UInt8], _ index: Int) -> BenchMessage
    ) async throws -> any BenchLink {
        guard let door else {
            return try await SUDPLink(
                try await target.connect(variant),
                announcing: announce(control.welcome.token, index))
        }
        return try await TCPLink(door.address, control, announcing: announce(door.token, index))
    }

    /// Ends a connection that was in use for so long.
    func end(_ link: any BenchLink, after time: Duration) async {
        if let connection = link.connection { await onFlowEnd(connection, time) }
        await link.close()
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
