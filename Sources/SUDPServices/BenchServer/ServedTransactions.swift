internal import SUDPTransport

/// The server's end of a connection on which requests are answered.
struct ServedTransactions: Sendable {
    let connection: Connection
    let transaction: BenchTransaction
    let hall: BenchHall
    let visit: BenchVisit

    /// Answers each request as soon as all of it is there, until the client ends the connection.
    func run() {
        let pace = LoadPace(0, and: hall.sendLimit)
        let size = min(transaction.responseByteCount, BenchConstants.defaultBlockByteCount)
        let answer = LoadBlock(
            byteCount: UInt64(transaction.responseByteCount),
            blockByteCount: pace.blockByteCount(atMost: size))
        do {
            var unanswered = 0
            while let block = try connection.blockingRead() {
                charge(block)
                unanswered += block.count
                while unanswered >= transaction.requestByteCount {
                    unanswered -= transaction.requestByteCount
                    try answer.write(to: connection) { take($0, pace) }
                }
            }
            connection.confirmConsumed()
            connection.finish()
        } catch {
            // The client ended the connection, or it was lost: the visit hears of that.
        }
    }

    private func take(_ byteCount: Int, _ pace: LoadPace) {
        pace.pass(byteCount)
        visit.spend(byteCount)
    }

    private func charge(_ block: ByteBlock) {
        hall.receiveLimit?.pass(block.count)
        visit.spend(block.count)
    }
}
