internal import SUDPTransport
internal import Synchronization

/// Ends a connection on which no byte moved for too long.
final class IdleWatch: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var failure: FileTransferFailure?
    }

    private let state = Mutex(State())

    /// Begins to watch; without a limit it does nothing.
    init(_ limit: Duration?, _ connection: Connection) {
        guard let limit else { return }
        let task = Task { await watch(connection, limit) }
        state.withLock { $0.task = task }
    }

    /// What the connection was ended for, when it was.
    var failure: FileTransferFailure? { state.withLock { $0.failure } }

    func cancel() {
        state.withLock { $0.task }?.cancel()
    }

    private func watch(_ connection: Connection, _ limit: Duration) async {
        var known = await moved(connection)
        var since = ContinuousClock.now
        while !Task.isCancelled {
            try? await Task.sleep(for: min(limit / 4, .seconds(1)))
            let now = await moved(connection)
            if now != known { (known, since) = (now, .now) }
            guard since + limit <= .now, !Task.isCancelled else { continue }
            let failure = FileTransferFailure.idle(seconds: limit / .seconds(1))
            state.withLock { $0.failure = failure }
            return connection.close(code: ApplicationCode.idle.rawValue)
        }
    }

    private func moved(_ connection: Connection) async -> UInt64 {
        let statistics = await connection.statistics()
        return statistics.streamBytesAcknowledged &+ statistics.streamBytesRead
    }
}
