import SUDPServices
import SUDPTransport

/// One run of `sudp bench` with a server, which may be a part of this process.
struct BenchClientRun {
    let command: Bench

    func run() async throws {
        let result = command.result
        let baseline = try result.baseline.map { try BenchBaseline(path: $0) }
        if let file = command.load.file { try BenchSource.check(file) }
        if let file = command.load.sink { try BenchSink.check(file) }
        if let plot = result.plot { try WholeFile.checkWritable(plot) }
        if command.address.isEmpty {
            try await measureThisProcess(baseline)
        } else {
            try await measure(with: try target(), baseline)
        }
    }

    private func target() throws -> (BenchTarget, Verification) {
        let (configuration, verification) = try command.peerSettings.settings(
            command.diagnosis.diagnostics)
        let address = try command.parsedAddress
        let target = BenchTarget(
            host: address.host ?? "localhost", port: address.port, configuration: configuration,
            connectLimit: command.wait?.duration ?? .seconds(60), secret: try command.secret)
        return (target, verification)
    }

    /// Serves on loopback meanwhile, with a key that is made for this run.
    private func measureThisProcess(_ baseline: BenchBaseline?) async throws {
        var configuration = Configuration()
        command.path.apply(to: &configuration)
        command.diagnosis.apply(to: &configuration)
        configuration.allowsPlaintext = true
        let host = command.path.ipv6Only ? "::1" : "127.0.0.1"
        configuration.acceptsEarlyData = true
        let listener = try await Listener.bind(host: host, port: 0, configuration: configuration)
        let server = Task { await BenchServer(BenchServerRules()).run(listener) }
        defer {
            server.cancel()
            listener.close()
        }
        if command.trust.usesPlaintext {
            configuration.mode = .plaintext
        } else {
            configuration.trust = try .pin(listener.identity.pin)
        }
        let target = BenchTarget(
            host: host, port: listener.localAddresses.first?.port ?? 0,
            configuration: configuration, isThisProcess: true)
        try await measure(with: (target, .pin), baseline)
    }

    private func measure(
        with server: (target: BenchTarget, verification: Verification), _ baseline: BenchBaseline?
    ) async throws {
        let diagnostics = command.diagnosis.diagnostics
        let display = BenchDisplay(diagnostics, form)
        SignalWatch.shared.onStatus { display.tellStatus() }
        let client = BenchClient(
            server.target, plan(server.target),
            onFlowEnd: { connection, time in
                guard diagnostics.level == .everything else { return }
                let summary = ConnectionSummary(
                    connection, await connection.statistics(), verification: server.verification,
                    elapsed: time)
                display.say("sudp: summary: \(summary.text)")
            },
            tell: { display.show($0) })
        let (report, failure) = await run(client, display)
        display.end()
        if command.result.isTable { display.printTable(BenchCSV.lines(report)) }
        if let failure = display.outputFailure { throw failure }
        if !report.isEmpty { try tell(report) }
        if let failure { throw failure }
        if let baseline { try compare(report, baseline, diagnostics) }
        if let failure = report.lack { throw failure }
    }

    /// Runs until all is measured, a signal comes, or nobody takes what is printed meanwhile.
    private func run(
        _ client: BenchClient, _ display: BenchDisplay
    ) async -> (report: BenchReport, failure: (any Error)?) {
        let task = Task { await client.run() }
        display.onOutputFailure { task.cancel() }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private var form: BenchDisplay.Form {
        if command.result.isStream { return .stream }
        if command.result.isTable { return .table }
        if command.diagnosis.json || command.result.isExposition { return .nothing }
        return command.result.interval == nil ? .nothing : .intervals
    }

    private func plan(_ target: BenchTarget) -> BenchPlan {
        var plan = command.load.plan
        if let interval = command.result.interval { plan.interval = interval.duration }
        plan.repeats = command.comparison.repeats ?? 1
        plan.variants = command.comparison.variants(of: target.configuration)
        return plan
    }

    private func tell(_ report: BenchReport) throws {
        if let text = text(report) { try StandardStreams.writeResult(text) }
        if let plot = command.result.plot {
            try WholeFile.write(BenchPlot(report).text, to: plot)
        }
    }

    /// The result as it was asked for; nil when a table has it already.
    private func text(_ report: BenchReport) -> String? {
        let result = command.result
        if result.isTable { return nil }
        if result.isExposition { return BenchPrometheus(report).text }
        let isJSON = command.diagnosis.json || result.isStream
        return (isJSON ? BenchJSON.result(report) : BenchText.result(report)) + "\n"
    }

    private func compare(
        _ report: BenchReport, _ baseline: BenchBaseline, _ diagnostics: Diagnostics
    ) throws {
        let ratios = try baseline.ratios(of: report)
        for ratio in ratios {
            let number = FixedPoint.text(ratio.value, decimals: 3)
            diagnostics.notice("\(ratio.name) is \(number) of the baseline")
        }
        if let limit = command.result.leastRatio {
            try BenchBaseline.require(ratios, atLeast: limit)
        }
    }
}
