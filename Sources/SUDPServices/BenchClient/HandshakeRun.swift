internal import SUDPTransport
internal import Synchronization

/// Makes connections and ends them, as many as can be in the time: one kind after the other.
struct HandshakeRun: Sendable {
    private struct Tally {
        var latency = LatencyHistogram()
        var count: UInt64 = 0
        var failures: UInt64 = 0
        var lastFailure: (any Error)?
    }

    /// Tickets that each flow has in reserve, since one takes a round trip to come.
    private static let ticketsPerFlow = 4

    let target: BenchTarget
    let plan: BenchPlan
    let variant: BenchVariant
    let control: BenchControl
    let stop: BenchStop

    /// Returns what was counted; throws when no connection was made.
    func run() async throws -> [BenchHandshakes] {
        var results = [try await run(.full, try target.connector(variant), nil)]
        guard target.mode(variant) == .secure else { return results }
        let tickets = TicketStore(ticketsPerServer: Self.ticketsPerFlow * plan.flows)
        let connector = try target.connector(variant, tickets: tickets)
        for kind in [BenchHandshakes.Kind.resumed, .early] where !stop.isSet {
            do {
                guard try await gather(tickets), !stop.isSet else { return results }
            } catch  where stop.isSet {
                return results
            }
            results.append(try await run(kind, connector, tickets))
        }
        return results
    }

    /// Makes connections for their tickets, each flow its own; false when the server gives none.
    private func gather(_ tickets: TicketStore) async throws -> Bool {
        let connector = try target.connector(variant, tickets: tickets, resumesSessions: false)
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<plan.flows {
                group.addTask { try await gather(tickets, by: connector) }
            }
            return try await group.allSatisfy { $0 }
        }
    }

    private func gather(
        _ tickets: TicketStore, by connector: Connector
    ) async throws -> Bool {
        while target.ticketCount(tickets) < Self.ticketsPerFlow * plan.flows {
            let isGiven = try await stop.run { [target] in
                let connection = try await target.connect(connector)
                defer { connection.close(code: BenchCode.complete.rawValue) }
                return await connection.waitForTicket()
            }
            guard isGiven else { return false }
        }
        return true
    }

    private func run(
        _ kind: BenchHandshakes.Kind, _ connector: Connector, _ tickets: TicketStore?
    ) async throws -> BenchHandshakes {
        let before = (local: ProcessUsage.now(), remote: await control.statistics(group: 0))
        let start = ContinuousClock.now
        let tally = await count(kind, connector, tickets, until: start + plan.duration)
        let end = ContinuousClock.now
        let after = (local: ProcessUsage.now(), remote: await control.statistics(group: 0))
        if tally.count == 0, let failure = tally.lastFailure { throw failure }
        let server = before.remote.flatMap { before in after.remote.map { $0.since(before) } }
        return BenchHandshakes(
            kind: kind, count: tally.count, failures: tally.failures,
            seconds: (end - start) / .seconds(1), latency: tally.latency.summary,
            client: after.local.since(before.local), server: server)
    }

    private func count(
        _ kind: BenchHandshakes.Kind, _ connector: Connector, _ tickets: TicketStore?,
        until deadline: ContinuousClock.Instant
    ) async -> Tally {
        let shared = SharedTally(Tally())
        await withDiscardingTaskGroup { group in
            for _ in 0..<plan.flows {
                group.addTask {
                    while !stop.isSet, deadline > .now {
                        await connect(kind, connector, tickets, shared)
                    }
                }
            }
        }
        return shared.state.withLock { $0 }
    }

    private final class SharedTally: Sendable {
        let state: Mutex<Tally>

        init(_ tally: sending Tally) {
            state = Mutex(tally)
        }
    }

    private func connect(
        _ kind: BenchHandshakes.Kind, _ connector: Connector, _ tickets: TicketStore?,
        _ shared: SharedTally
    ) async {
        let start = ProcessUsage.clock
        do {
            let connection = try await stop.run { [target, control] in
                guard kind == .early else { return try await target.connect(connector) }
                return try await target.connect(connector, asking: control.welcome.token)
            }
            if kind == .early { try await Self.awaitAnswer(on: connection) }
            let time = ProcessUsage.clock
            end(connection, hasTicket: tickets != nil)
            // One for which no ticket was left, or whose ticket was refused, is of another kind.
            guard kind.isKind(of: connection.peerIdentity) else { return }
            shared.state.withLock { tally in
                tally.latency.record(time &- start)
                tally.count += 1
            }
        } catch {
            guard !stop.isSet else { return }
            shared.state.withLock { tally in
                tally.failures += 1
                tally.lastFailure = error
            }
            // A server that refuses at once is not asked in a tight loop.
            await stop.sleep(until: .now + .milliseconds(10))
        }
    }

    private static func awaitAnswer(on connection: Connection) async throws {
        var inbox = BenchInbox(connection)
        guard case .pong = try await inbox.next() else { throw BenchFailure.nothingMeasured }
    }

    /// Ends a connection, behind its ticket where one comes, while the next one is being made.
    private func end(_ connection: Connection, hasTicket: Bool) {
        guard hasTicket else { return connection.close(code: BenchCode.complete.rawValue) }
        Task {
            _ = await connection.waitForTicket()
            connection.close(code: BenchCode.complete.rawValue)
        }
    }
}

extension BenchHandshakes.Kind {
    /// Whether a connection was opened so.
    fileprivate func isKind(of identity: PeerIdentity) -> Bool {
        switch self {
        case .full: !identity.isResumed
        case .resumed: identity.isResumed
        case .early: identity.isEarlyDataAccepted
        }
    }
}
