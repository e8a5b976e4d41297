import Glibc
import SUDPServices
import SUDPTransport
import Synchronization

/// Tells of connections while they live and sums each up at its end.
final class ConnectionObserver: Sendable {
    private struct Observed: Sendable {
        let connection: Connection
        let start: ContinuousClock.Instant
    }

    private let diagnostics: Diagnostics
    private let verification: Verification
    private let results: ResultOutput
    private let active = Mutex<[ObjectIdentifier: Observed]>([:])
    private let untold = Mutex(0)

    /// Tells by these rules; what is JSON goes to `results`.
    init(
        _ diagnostics: Diagnostics, verification: Verification,
        results: ResultOutput = ResultOutput(isStandardOutput: false)
    ) {
        self.diagnostics = diagnostics
        self.results = results
        self.verification = verification
    }

    /// Tells the peers of all connections that this process ends at once; blocks until that is
    /// sent, at most 1 s.
    func abandonAll() {
        let all = active.withLock { Array($0.values) }
        untold.withLock { $0 = all.count }
        for observed in all {
            observed.connection.close(code: ApplicationCode.interrupted.rawValue)
            Task {
                _ = await observed.connection.waitUntilClosed()
                untold.withLock { $0 -= 1 }
            }
        }
        let deadline = ContinuousClock.now + .seconds(1)
        while untold.withLock({ $0 }) > 0, .now < deadline { usleep(1000) }
    }

    /// Runs `body` for the connection; throws what it throws.
    func observe(_ connection: Connection, _ body: () async throws -> Void) async throws {
        let observed = Observed(connection: connection, start: .now)
        active.withLock { $0[ObjectIdentifier(connection)] = observed }
        SignalWatch.shared.onAbort { [weak self] in self?.abandonAll() }
        diagnostics.detail("connected: \(opening(of: connection))")
        let result: Result<Void, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        active.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection)) }
        if diagnostics.summary != .none { await tell(observed, as: "summary") }
        try result.get()
    }

    /// Prints one line for each connection that lives, or that there is none.
    func tellStatus() {
        let all = active.withLock { Array($0.values) }
        if all.isEmpty { Diagnostics.say("status: no connection") }
        Task {
            for observed in all { await tell(observed, as: "status") }
        }
    }

    private func opening(of connection: Connection) -> String {
        let identity = connection.peerIdentity
        let peer = connection.remoteAddress.text
        guard identity.mode == .secure else { return "\(peer), plaintext" }
        let name = identity.publicKeyPin.flatMap { PublicKeyPin(digest: $0)?.description }
        return "\(peer), \(identity.cipherSuite), \(identity.keyExchange),"
            + " peer \(name ?? "without a certificate"), verified by \(verification.rawValue)"
    }

    private func tell(_ observed: Observed, as kind: String) async {
        let summary = ConnectionSummary(
            observed.connection, await observed.connection.statistics(),
            verification: verification, elapsed: .now - observed.start)
        if diagnostics.summary == .json {
            results.print(summary.json(kind: kind))
        } else {
            Diagnostics.say("\(kind): \(summary.text)")
        }
    }
}
