public import SUDPTransport

/// The sending side of a transfer over one connection.
public struct FileSender: Sendable {
    private let connection: Connection
    private let plan: SendPlan
    private let options: SendOptions
    private let progress: TransferProgress

    /// Sends what is planned over a connection, which is over afterwards.
    public init(
        connection: Connection, plan: SendPlan, options: SendOptions = SendOptions(),
        progress: TransferProgress = TransferProgress()
    ) {
        self.connection = connection
        self.plan = plan
        self.options = options
        self.progress = progress
        progress.update { $0.totalFiles = plan.files }
        progress.update { $0.totalBytes = plan.bytes }
    }

    /// Returns when the receiver has everything in its place; throws `FileTransferFailure`.
    public func run() async throws {
        let state = BlockingState(SendingState())
        let (answers, sending) = try startThreads(state)
        let watch = Task { await watchGreeting(state) }
        let idle = IdleWatch(options.idleLimit, connection)
        defer {
            watch.cancel()
            idle.cancel()
        }
        await withTaskCancellationHandler {
            _ = await answers.value
            _ = await sending.value
        } onCancel: {
            state.update { $0.failure = CancellationError() }
            connection.close(code: ApplicationCode.interrupted.rawValue)
        }
        try await judge(state.read { $0 }, idle)
    }

    private func startThreads(
        _ state: BlockingState<SendingState>
    ) throws -> (DedicatedThread<Void>, DedicatedThread<Void>) {
        let answers = DedicatedThread { [connection, progress, options] in
            AnswerLoop(
                connection: connection, state: state, progress: progress, options: options
            ).run()
        }
        let sending = DedicatedThread { [connection, plan, options, progress] in
            SendingLoop(
                connection: connection, plan: plan, options: options, progress: progress,
                state: state
            ).run()
        }
        guard let answers, let sending else {
            connection.close(code: ApplicationCode.interrupted.rawValue)
            throw FileTransferFailure.noThread
        }
        return (answers, sending)
    }

    /// Ends a connection on which nobody says that it receives files.
    private func watchGreeting(_ state: BlockingState<SendingState>) async {
        try? await Task.sleep(for: options.greetingLimit)
        guard !Task.isCancelled, !state.read({ $0.isGreeted || $0.isOver }) else { return }
        let failure = FileTransferFailure.protocolBroken("the peer does not say what it speaks")
        state.update { $0.failure = failure }
        connection.close(code: ApplicationCode.interrupted.rawValue)
    }

    private func judge(_ state: SendingState, _ idle: IdleWatch) async throws {
        let confirmed = state.tally.complete
        if state.failure == nil {
            let reason = await connection.waitUntilClosed()
            guard reason == .complete else {
                throw FileTransferFailure.endedEarly(reason, confirmed: confirmed)
            }
            if let problem = state.outstanding.values.first {
                throw FileTransferFailure.protocolBroken("no answer for \(problem.path)")
            }
            if let failure = state.tally.failure { throw failure }
            return
        }
        if let failure = idle.failure { throw failure }
        if state.failure is TransportError {
            let reason = await connection.waitUntilClosed()
            throw FileTransferFailure.endedEarly(reason, confirmed: confirmed)
        }
        connection.close(code: ApplicationCode.interrupted.rawValue)
        await connection.answerAfterClosing()
        throw state.failure ?? CancellationError()
    }
}
