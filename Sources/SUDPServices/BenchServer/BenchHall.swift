internal import SUDPTransport
internal import Synchronization

/// The clients of a server.
final class BenchHall: Sendable {
    let rules: BenchServerRules
    /// What all clients share, each way.
    let sendLimit: RateLimit?
    let receiveLimit: RateLimit?
    private let visits = Mutex<[[UInt8]: BenchVisit]>([:])

    init(_ rules: BenchServerRules) {
        self.rules = rules
        sendLimit = rules.bytesPerSecond.map {
            RateLimit(bytesPerSecond: $0, allowance: BenchConstants.paceAllowance)
        }
        receiveLimit = rules.bytesPerSecond.map {
            RateLimit(bytesPerSecond: $0, allowance: BenchConstants.paceAllowance)
        }
    }

    /// Takes bytes that came from a client: waits where they are faster than they may be, and
    /// counts them; false when they are more than it may send.
    func charge(_ byteCount: Int, to visit: BenchVisit) -> Bool {
        receiveLimit?.pass(byteCount)
        return visit.spend(byteCount)
    }

    /// Those that are here.
    var all: [BenchVisit] { visits.withLock { Array($0.values) } }

    var count: Int { visits.withLock { $0.count } }

    /// Lets a client in; nil when there are enough.
    func open(_ connection: Connection) -> BenchVisit? {
        let visit = BenchVisit(control: connection, byteLimit: rules.byteLimit)
        return visits.withLock { visits in
            guard visits.count < rules.maximumVisits, visits[visit.token] == nil else { return nil }
            visits[visit.token] = visit
            return visit
        }
    }

    func visit(_ token: [UInt8]) -> BenchVisit? {
        visits.withLock { $0[token] }
    }

    func close(_ visit: BenchVisit) {
        visits.withLock { _ = $0.removeValue(forKey: visit.token) }
        visit.end(Self.endCode, reason: "")
    }

    /// How the current task's connection ends when nothing else is wrong with it.
    static var endCode: BenchCode { Task.isCancelled ? .interrupted : .complete }
}
