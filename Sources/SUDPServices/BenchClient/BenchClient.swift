internal import Glibc
public import SUDPTransport
internal import Synchronization

/// The client of a benchmark server.
public final class BenchClient: Sendable {
    private let target: BenchTarget
    private let plan: BenchPlan
    private let tell: @Sendable (BenchEvent) -> Void
    private let onFlowEnd: @Sendable (Connection, Duration) async -> Void
    private let origin = ContinuousClock.now
    private let stop = BenchStop()
    private let report: Mutex<BenchReport>

    /// Prepares a measurement; `tell` gets what happens, `onFlowEnd` each connection that carried
    /// load, before it is closed, and how long it did.
    public init(
        _ target: BenchTarget, _ plan: BenchPlan,
        onFlowEnd: @escaping @Sendable (Connection, Duration) async -> Void = { _, _ in },
        tell: @escaping @Sendable (BenchEvent) -> Void = { _ in }
    ) {
        (self.target, self.plan, self.tell) = (target, plan, tell)
        self.onFlowEnd = onFlowEnd
        report = Mutex(
            BenchReport(
                plan, isThisProcess: target.isThisProcess, time: UInt64(clamping: time(nil))))
    }

    /// Measures; what was found until something failed or the task was cancelled is in the report.
    public func run() async -> (report: BenchReport, failure: (any Error)?) {
        let task = Task { [self] in await measure() }
        let failure = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            stop.set()
        }
        return (report.withLock { $0 }, failure)
    }

    private func measure() async -> (any Error)? {
        do {
            try await checkVariants()
            for run in 1...max(plan.repeats, 1) {
                for variant in plan.variants {
                    try await visit(variant, run: run)
                    if stop.isSet { throw CancellationError() }
                }
            }
            report.withLock { $0.isComplete = true }
            return nil
        } catch {
            return stop.isSet ? CancellationError() : error
        }
    }

    /// Fails before anything is measured where one of several configurations would be refused.
    private func checkVariants() async throws {
        for variant in plan.variants.dropFirst() where variant.configuration != nil {
            let connection = try await stop.run { [target] in try await target.connect(variant) }
            connection.close(code: BenchCode.complete.rawValue)
        }
    }

    // MARK: A visit

    private func visit(_ variant: BenchVariant, run: Int) async throws {
        let control = try await open(variant)
        let index = report.withLock { report in
            report.visits.append(BenchVisitResult(variant: variant.name, run: run))
            return report.visits.count - 1
        }
        let result: Result<Void, any Error>
        do {
            if let transaction = plan.transaction {
                try await measure(transaction, variant, run: run, control, index: index)
            } else if plan.countsHandshakes {
                let results = try await HandshakeRun(
                    target: target, plan: plan, variant: variant, control: control, stop: stop
                ).run()
                report.withLock { $0.visits[index].handshakes = results }
            } else {
                try await measure(variant, run: run, control, index: index)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await control.close()
        try result.get()
    }

    private func open(_ variant: BenchVariant) async throws -> BenchControl {
        let connection = try await stop.run { [target] in try await target.connect(variant) }
        let control = try await stop.run { [target] in
            try await BenchControl(connection, target.secret)
        }
        await control.start()
        let identity = connection.peerIdentity
        let welcome = control.welcome
        report.withLock { report in
            guard report.server.isEmpty else { return }
            report.server = connection.remoteAddress.text
            report.mode = identity.mode == .secure ? "secure" : "plaintext"
            report.cipher = identity.mode == .secure ? identity.cipherSuite : "none"
            report.serverLimit = welcome.bytesPerSecond > 0 ? welcome.bytesPerSecond : nil
        }
        do { try check(welcome) } catch {
            await control.close()
            throw error
        }
        return control
    }

    private func check(_ welcome: BenchWelcome) throws {
        guard plan.flows <= Int(welcome.flows) else {
            throw BenchFailure.notAllowed(
                "the server takes \(welcome.flows) connections of a client: use -P")
        }
        if let bytes = plan.visitByteCount, welcome.byteLimit > 0, bytes > welcome.byteLimit {
            throw BenchFailure.notAllowed(
                "this moves \(bytes) bytes and the server gives a client \(welcome.byteLimit):"
                    + " use a smaller -n")
        }
        guard plan.visitTime <= .seconds(Int64(welcome.seconds)) else {
            let seconds = plan.visitTime.components.seconds
            throw BenchFailure.notAllowed(
                "this takes \(seconds) s and the server gives a client \(welcome.seconds) s:"
                    + " use a shorter -t")
        }
    }

    private func visit(
        _ variant: BenchVariant, run: Int, _ control: BenchControl
    ) -> ClientVisit {
        ClientVisit(
            target: target, plan: plan, variant: variant, run: run, origin: origin, stop: stop,
            tell: { [self] in note($0) }, onFlowEnd: onFlowEnd, control: control)
    }

    private func measure(
        _ variant: BenchVariant, run: Int, _ control: BenchControl, index: Int
    ) async throws {
        let connection = try await stop.run { [target] in try await target.connect(variant) }
        let echo = try await EchoProbe(connection, token: control.welcome.token)
        defer { echo.stop() }
        var visit = visit(variant, run: run, control)
        visit.echo = echo
        var idle: BenchLatency?
        if let time = plan.idleTime {
            tell(.began(variant: variant.name, run: run, phase: "idle"))
            let result = await visit.measureIdle(time)
            idle = result.latency
            report.withLock { $0.visits[index].phases.append(result) }
        }
        for (number, direction) in plan.directions.enumerated() {
            if stop.isSet { throw CancellationError() }
            tell(.began(variant: variant.name, run: run, phase: direction.name))
            let phase = LoadPhase(
                visit: visit, direction: direction, group: UInt32(clamping: number + 1), idle: idle)
            let outcome = try await phase.run()
            report.withLock { report in
                if !outcome.result.figures.isEmpty {
                    report.visits[index].phases.append(outcome.result)
                }
                report.clients = max(report.clients, outcome.result.server?.visits ?? 1)
            }
            if let failure = outcome.failure { throw failure }
        }
    }

    private func measure(
        _ transaction: BenchTransaction, _ variant: BenchVariant, run: Int,
        _ control: BenchControl, index: Int
    ) async throws {
        tell(.began(variant: variant.name, run: run, phase: "rr"))
        let visit = visit(variant, run: run, control)
        let outcome = try await TransactionRun(visit: visit).measure(transaction)
        report.withLock { report in
            if outcome.result.count > 0 || outcome.failure == nil {
                report.visits[index].transactions = outcome.result
            }
        }
        if let failure = outcome.failure { throw failure }
    }

    private func note(_ event: BenchEvent) {
        if case .sample(let sample) = event { report.withLock { $0.append(sample) } }
        tell(event)
    }
}
