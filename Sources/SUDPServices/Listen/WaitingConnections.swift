internal import SUDPTransport
internal import Synchronization

/// Established connections of a listener that wait for their turn, unread.
final class WaitingConnections: Sendable {
    private let held = Mutex<[ObjectIdentifier: Connection]>([:])

    /// Gives each connection to `serve`, one after the other, until the task is cancelled or
    /// `serve` throws; those that still wait then hear of the end.
    func serve(
        _ listener: Listener, _ serve: @escaping @Sendable (Connection) async throws -> Void
    ) async throws {
        let (turns, next) = AsyncStream.makeStream(of: Connection.self)
        let arrival = Task {
            for await connection in listener {
                hold(connection)
                next.yield(connection)
            }
            next.finish()
        }
        let result: Result<Void, any Error>
        do {
            for await connection in turns {
                defer { release(connection) }
                try await serve(connection)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        arrival.cancel()
        await arrival.value
        await closeAll()
        try result.get()
    }

    private func hold(_ connection: Connection) {
        held.withLock { $0[ObjectIdentifier(connection)] = connection }
    }

    private func release(_ connection: Connection) {
        held.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    private func closeAll() async {
        for connection in held.withLock({ Array($0.values) }) {
            connection.close(code: ApplicationCode.interrupted.rawValue)
            _ = await connection.waitUntilClosed()
        }
    }
}
