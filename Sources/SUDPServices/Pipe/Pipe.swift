public import SUDPTransport

/// A connection joined to an input and an output, until both streams are delivered and confirmed.
///
/// It succeeds only when the peer's application took everything and this side's output has
/// everything up to the peer's FIN.
public struct Pipe: Sendable {
    private let connection: Connection
    private let input: PipeInput?
    private let output: PipeOutput?
    private let rules: PipeRules
    private let state: PipeState

    /// Joins a connection to standard streams or files.
    ///
    /// Without an input the own stream is empty; without an output the peer's stream is refused.
    /// `idleLimit` ends a connection on which nothing moves. An input that is a terminal ends with
    /// the peer's stream. `bytesSent` of the input went with the opening. SIGPIPE must be ignored
    /// by the process.
    public init(
        connection: Connection, input: PipeInput?, output: PipeOutput?,
        idleLimit: Duration? = nil, bytesSent: Int = 0
    ) {
        var rules = PipeRules(idleLimit: idleLimit)
        rules.finishesWithPeer = input?.isTerminal ?? false
        self.init(connection: connection, input: input, output: output, rules: rules)
        state.note { $0.bytesSent = UInt64(bytesSent) }
    }

    init(connection: Connection, input: PipeInput?, output: PipeOutput?, rules: PipeRules) {
        self.connection = connection
        self.input = input
        self.output = output
        self.rules = rules
        state = PipeState(connection: connection)
    }

    /// Carries both streams; throws `PipeFailure`, or `CancellationError` after telling the peer.
    public func run() async throws {
        let receiver = try startThreads()
        let reason = await withTaskGroup(of: Void.self) { group in
            group.addTask { await closeOnceConfirmed() }
            if let limit = rules.idleLimit { group.addTask { await watchIdle(limit) } }
            let reason = await waitUntilClosed()
            group.cancelAll()
            return reason
        }
        state.note { $0.isOver = true }
        if let sender { sender.input.withdraw(sender) }
        if !isWellEnough(reason) { await rules.command?.terminate() }
        // What has arrived is still written, however slow the reader.
        if !Task.isCancelled { _ = await receiver.value }
        try await judge(reason)
    }

    private func startThreads() throws -> DedicatedThread<Void> {
        let receiver = DedicatedThread { [connection, output, state, rules] in
            PipeReceiver(connection: connection, output: output, state: state, rules: rules).run()
        }
        guard let receiver, startSending() else {
            connection.close(code: ApplicationCode.interrupted.rawValue, reason: "")
            throw PipeFailure.noThread
        }
        return receiver
    }

    private func startSending() -> Bool {
        if let sender { return sender.input.serve(sender) }
        connection.finish()
        state.note { $0.inputEnded = true }
        return true
    }

    private var sender: PipeSender? {
        input.map { PipeSender(connection: connection, input: $0, state: state, rules: rules) }
    }

    private func waitUntilClosed() async -> CloseReason {
        await withTaskCancellationHandler {
            await connection.waitUntilClosed()
        } onCancel: {
            state.fail(CancellationError(), code: .interrupted, reason: "")
        }
    }

    /// Ends a connection on which this side wants no data, once its own stream is confirmed.
    private func closeOnceConfirmed() async {
        guard (try? await connection.waitUntilSendConfirmed()) != nil else { return }
        state.note { $0.sendConfirmed = true }
        guard output == nil else { return }
        connection.close(code: ApplicationCode.dataNotWanted.rawValue, reason: "")
    }

    private func watchIdle(_ limit: Duration) async {
        while !Task.isCancelled {
            let facts = state.now
            if facts.inputEnded && facts.outputEnded { return }
            let isWaitingForReader =
                facts.isSending || facts.isDelivering || facts.inputEnded && !facts.sendConfirmed
            let deadline = isWaitingForReader ? .now + limit : facts.lastMove + limit
            if deadline <= .now {
                let failure = PipeFailure.idle(seconds: limit / .seconds(1))
                state.fail(failure, code: .idle, reason: "")
                return
            }
            try? await Task.sleep(until: deadline, clock: .continuous)
        }
    }

    private func judge(_ reason: CloseReason) async throws {
        let facts = state.now
        if isWellEnough(reason) { return }
        if let failure = facts.failure {
            await connection.answerAfterClosing()
            throw failure
        }
        let taken = await connection.statistics().streamBytesAcknowledged
        throw PipeFailure.endedEarly(
            reason, bytesReceived: facts.bytesReceived, bytesTaken: taken)
    }

    /// Whether what was wanted was delivered, also where one side wanted only a part.
    private func isWellEnough(_ reason: CloseReason) -> Bool {
        let facts = state.now
        switch reason {
        case .complete:
            return true
        case .closedLocally:
            return facts.failure == nil && facts.sendConfirmed
        case .closedByPeer(.application(ApplicationCode.dataNotWanted.rawValue), _):
            let lostNothing = facts.bytesSent == 0 && !facts.inputWasRefused
            return facts.outputEnded && (lostNothing || rules.command != nil)
        default:
            return false
        }
    }
}
