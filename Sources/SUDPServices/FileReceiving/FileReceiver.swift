public import SUDPTransport

/// The receiving side of transfers, for any number of connections at once.
public struct FileReceiver: Sendable {
    private let options: ReceiveOptions
    private let progress: TransferProgress

    /// Receives by these rules.
    public init(_ options: ReceiveOptions, progress: TransferProgress = TransferProgress()) {
        self.options = options
        self.progress = progress
    }

    /// Takes what a sender sends; throws `FileTransferFailure` when that did not all go well.
    ///
    /// A text that comes instead of files is given to `onText`; it is refused where there is none.
    /// What that throws is `PipeFailure.outputClosed` when nobody can read it any more, or else
    /// told the sender. A transfer that has begun goes on when the task is cancelled.
    public func serve(
        _ connection: Connection, onText: (@Sendable (String) throws -> Void)? = nil,
        onEvent: @escaping @Sendable (FileEvent) -> Void
    ) async throws {
        let session = ReceivingSession(
            connection: connection, options: options, progress: progress,
            client: options.separatesClients
                ? ClientDirectory.name(of: connection, isVerified: options.verifiesClients) : nil,
            onText: onText, onEvent: onEvent)
        let thread = DedicatedThread { () -> (any Error)? in
            do { try session.run() } catch { return error }
            return nil
        }
        guard let thread else {
            connection.close(code: ApplicationCode.interrupted.rawValue)
            throw FileTransferFailure.noThread
        }
        let idle = IdleWatch(options.idleLimit, connection)
        let greeting = Task { await requireGreeting(session) }
        let end = Task {
            _ = await connection.waitUntilClosed()
            session.noteGone()
        }
        defer {
            idle.cancel()
            greeting.cancel()
            end.cancel()
        }
        let error = await thread.value
        guard let error else {
            _ = await connection.waitUntilClosed()
            if let failure = session.result.failure { throw failure }
            return
        }
        if let failure = idle.failure { throw failure }
        if error is TransportError || error is CancellationError {
            connection.close(code: ApplicationCode.interrupted.rawValue)
            let reason = await connection.waitUntilClosed()
            throw FileTransferFailure.endedEarly(reason, confirmed: session.result.complete)
        }
        if case PipeFailure.outputClosed = error {
            connection.close(code: ApplicationCode.outputClosed.rawValue)
        } else {
            connection.close(code: ApplicationCode.notUnderstood.rawValue, reason: "\(error)")
        }
        await connection.answerAfterClosing()
        throw error
    }

    /// Ends a connection on which nobody says that it sends files.
    private func requireGreeting(_ session: ReceivingSession) async {
        try? await Task.sleep(for: options.greetingLimit)
        guard !Task.isCancelled, !session.isGreeted else { return }
        session.connection.close(
            code: ApplicationCode.notUnderstood.rawValue, reason: "no greeting came")
    }
}
