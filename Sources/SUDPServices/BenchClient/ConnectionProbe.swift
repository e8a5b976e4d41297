internal import SUDPTransport
internal import Synchronization

/// Makes new connections under load, one after the other, each with one question and answer.
final class ConnectionProbe: Sendable {
    /// Seconds that the handshakes and the answers took.
    struct Times: Sendable {
        var handshakes: [Double] = []
        var answers: [Double] = []
    }

    private let target: BenchTarget
    private let connector: Connector
    private let token: [UInt8]
    private let times = Mutex(Times())

    init(_ target: BenchTarget, _ variant: BenchVariant, token: [UInt8]) throws {
        (self.target, self.token) = (target, token)
        connector = try target.connector(variant)
    }

    /// Forgets what was measured.
    func restart() {
        times.withLock { $0 = Times() }
    }

    var measured: Times { times.withLock { $0 } }

    /// Goes on until the task is cancelled; a connection that is being made then comes to its end.
    func run() async {
        var next = ContinuousClock.now
        while !Task.isCancelled {
            await Task { try? await probe() }.value
            next = max(next + BenchConstants.probeInterval, .now)
            try? await Task.sleep(until: next, clock: .continuous)
        }
    }

    private func probe() async throws {
        let start = ContinuousClock.now
        let connection = try await target.connect(connector)
        defer { connection.close(code: BenchCode.complete.rawValue) }
        let established = ContinuousClock.now
        let ping = BenchMessage.ping(BenchPing(number: 0, time: ProcessUsage.clock))
        try await connection.write(
            BenchMessage.echo(token: token).message.encoded + ping.message.encoded)
        var inbox = BenchInbox(connection)
        guard case .pong = try await inbox.next() else { return }
        let answered = ContinuousClock.now
        times.withLock { times in
            times.handshakes.append((established - start) / .seconds(1))
            times.answers.append((answered - established) / .seconds(1))
        }
    }
}
