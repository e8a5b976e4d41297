public import SUDPTransport

/// Takes the connections of a listener one after the other, or all at once.
public struct ConnectionServer: Sendable {
    /// How many connections are served, and when.
    public enum Manner: Sendable {
        /// The first one; its failure is the server's.
        case one
        /// One after the other until cancelled; the next wait, established but unread.
        case inTurn
        /// All at once until cancelled.
        case together
    }

    private let listener: Listener
    private let manner: Manner

    /// Serves the listener's connections.
    public init(listener: Listener, manner: Manner) {
        self.listener = listener
        self.manner = manner
    }

    /// Gives each connection to `serve`; what that throws ends the server only with `one`, or when
    /// nobody reads the output that the connections share.
    public func run(
        _ serve: @escaping @Sendable (Connection) async throws -> Void
    ) async throws {
        switch manner {
        case .one:
            for await connection in listener { return try await serve(connection) }
        case .inTurn:
            try await WaitingConnections().serve(listener) { connection in
                do { try await serve(connection) } catch PipeFailure.outputClosed {
                    throw PipeFailure.outputClosed
                } catch {}
            }
        case .together:
            let refusal = await withDiscardingTaskGroup { group in
                for await connection in listener {
                    group.addTask { try? await serve(connection) }
                }
                return Task { await refuseAll() }
            }
            refusal.cancel()
        }
        try Task.checkCancellation()
    }

    /// Tells whoever comes while the last connections are served that there will be no turn.
    private func refuseAll() async {
        for await connection in listener {
            connection.close(code: ApplicationCode.ending.rawValue)
        }
    }
}
