internal import SUDPTransport

/// A connection on which one request after the other is made.
final class TransactionFlow: Sendable {
    private let connection: Connection
    private let transaction: BenchTransaction
    private let tally: TransactionTally

    /// Announces the requests on an established connection, and waits until the server is ready.
    init(
        _ connection: Connection, token: [UInt8], _ transaction: BenchTransaction,
        _ tally: TransactionTally
    ) async throws {
        (self.connection, self.transaction, self.tally) = (connection, transaction, tally)
        try await connection.announce(.transact(token: token, transaction))
    }

    /// Makes requests on a thread of its own until the tally is over or the connection ends.
    func start() throws {
        guard DedicatedThread({ [self] in run() }) != nil else { throw BenchFailure.noThread }
    }

    /// Ends the connection, once `body` had it.
    func stop(_ body: (Connection) async -> Void) async {
        await body(connection)
        connection.close(code: BenchCode.complete.rawValue)
        _ = await connection.waitUntilClosed()
    }

    private func run() {
        let request = LoadBlock(
            byteCount: UInt64(transaction.requestByteCount),
            blockByteCount: min(
                transaction.requestByteCount, BenchConstants.defaultBlockByteCount))
        do {
            while !tally.isOver {
                let start = ProcessUsage.clock
                try request.write(to: connection) { _ in }
                try readAnswer()
                tally.note(from: start, to: ProcessUsage.clock)
            }
        } catch {
            guard !tally.isOver else { return }
            Task { tally.fail(await BenchControl.failure(of: connection, error)) }
        }
    }

    private func readAnswer() throws {
        var missing = transaction.responseByteCount
        while missing > 0 {
            guard let block = try connection.blockingRead() else {
                throw BenchFailure.wrongService("an answer is too short")
            }
            guard block.count <= missing else {
                throw BenchFailure.wrongService("an answer is too long")
            }
            missing -= block.count
        }
    }
}
