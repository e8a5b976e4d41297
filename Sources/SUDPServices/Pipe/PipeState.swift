internal import SUDPTransport
internal import Synchronization

/// What the threads and tasks of one pipe know together: what moved, what ended, what went wrong.
final class PipeState: Sendable {
    /// The facts at one moment.
    struct Facts {
        var bytesSent: UInt64 = 0
        var bytesReceived: UInt64 = 0
        var lastMove: ContinuousClock.Instant
        var isSending = false
        var isDelivering = false
        var inputEnded = false
        var outputEnded = false
        var inputWasRefused = false
        var sendConfirmed = false
        var isOver = false
        var failure: (any Error)?
    }

    private let facts: Mutex<Facts>
    private let connection: Connection

    init(connection: Connection) {
        self.connection = connection
        facts = Mutex(Facts(lastMove: .now))
    }

    /// The facts now.
    var now: Facts { facts.withLock { $0 } }

    /// Notes a fact; every note counts as a sign of life.
    func note(_ change: (inout Facts) -> Void) {
        facts.withLock { facts in
            change(&facts)
            facts.lastMove = .now
        }
    }

    /// Ends the connection for a reason of this side; only the first one counts, and none when the
    /// connection was over before.
    func fail(_ failure: any Error, code: ApplicationCode, reason: String) {
        facts.withLock { facts in
            if facts.failure == nil, !facts.isOver { facts.failure = failure }
        }
        connection.close(code: code.rawValue, reason: reason)
    }
}
