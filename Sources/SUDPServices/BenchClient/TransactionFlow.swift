internal import SUDPTransport

/// A connection on which one request after the other is made.
final class TransactionFlow: Sendable {
    let link: any BenchLink
    private let transaction: BenchTransaction
    private let tally: TransactionTally

    init(_ link: any BenchLink, _ transaction: BenchTransaction, _ tally: TransactionTally) {
        (self.link, self.transaction, self.tally) = (link, transaction, tally)
    }

    /// Makes requests on a thread of its own until the tally is over or the connection ends.
    func start() throws {
        guard DedicatedThread({ [self] in run() }) != nil else { throw BenchFailure.noThread }
    }

    private func run() {
        do {
            try exchange(over: link.stream)
        } catch {
            guard !tally.isOver else { return }
            Task { tally.fail(await link.failure(for: error)) }
        }
    }

    private func exchange(over stream: some LoadStream) throws {
        let request = LoadBlock(
            byteCount: UInt64(transaction.requestByteCount),
            blockByteCount: min(
                transaction.requestByteCount, BenchConstants.defaultBlockByteCount))
        var missing = transaction.responseByteCount
        var start = ProcessUsage.clock
        try request.write(to: stream) { _ in }
        let hasEnded = try stream.receive { bytes in
            guard bytes.count <= missing else {
                throw BenchFailure.wrongService("an answer is too long")
            }
            missing -= bytes.count
            guard missing == 0 else { return true }
            tally.note(from: start, to: ProcessUsage.clock)
            guard !tally.isOver else { return false }
            missing = transaction.responseByteCount
            start = ProcessUsage.clock
            try request.write(to: stream) { _ in }
            return true
        }
        if hasEnded { throw LoadEndedEarly() }
    }
}
