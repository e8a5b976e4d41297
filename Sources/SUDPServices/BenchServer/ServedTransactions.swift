/// The server's end of a connection on which requests are answered.
struct ServedTransactions: Sendable {
    let stream: any LoadStream
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
            let hasEnded = try stream.receive { bytes in
                guard hall.charge(bytes.count, to: visit) else { return false }
                unanswered += bytes.count
                while unanswered >= transaction.requestByteCount {
                    unanswered -= transaction.requestByteCount
                    try answer.write(to: stream) {
                        pace.pass($0)
                        visit.spend($0)
                    }
                }
                return true
            }
            guard hasEnded else { return }
            stream.confirmConsumed(isLast: false)
            stream.finish()
        } catch {
            // The client ended the connection, or it was lost: the visit hears of that.
        }
    }
}
