package import SUDPProtocol

extension Simulation {
    /// Runs up to and including `end`, or to the first broken rule.
    package func run(until end: Instant) {
        while violation == nil, let time = nextEventTime, time <= end { step() }
        if violation == nil { advance(to: end) }
    }

    package func run(for span: TimeSpan) {
        run(until: now + span)
    }

    /// Runs until every connection is over and forgotten; whether that happened in time.
    @discardableResult
    package func runToEnd(within span: TimeSpan = .seconds(600)) -> Bool {
        let end = now + span
        while violation == nil, !isOver, let time = nextEventTime, time <= end { step() }
        return violation == nil && isOver
    }

    /// Runs until the condition holds; whether that happened in time.
    @discardableResult
    package func run(
        within span: TimeSpan = .seconds(600), until isMet: (Simulation) -> Bool
    ) -> Bool {
        let end = now + span
        while violation == nil, !isMet(self), let time = nextEventTime, time <= end { step() }
        return violation == nil && isMet(self)
    }

    /// Whether every connection was made, is over and is forgotten.
    package var isOver: Bool {
        clients.allSatisfy { !$0.connections.isEmpty }
            && allConnections.allSatisfy(\.isForgotten)
    }

    /// Whether both ends of every client's connection ended well and in full.
    package var isComplete: Bool {
        clients.allSatisfy { $0.connections.allSatisfy(\.isComplete) }
            && clients.indices.allSatisfy { client in
                server.connections.contains { $0.client == client && $0.isComplete }
            }
    }

    /// Whether every client's stream and its answer were consumed to their ends, and one side
    /// at least knows it.
    package var isConsumed: Bool {
        clients.indices.allSatisfy { client in
            let ends = allConnections.filter { $0.client == client }
            return ends.contains(where: \.isComplete)
                && ends.contains { $0.isClient && $0.application.hasConfirmed }
                && ends.contains { !$0.isClient && $0.application.hasConfirmed }
        }
    }

    /// What happened, for the message of a failed expectation.
    package var report: String {
        let ends = allConnections.map { connection in
            let side = connection.isClient ? "client" : "server of client"
            return "\(side) \(connection.client): "
                + "\(connection.closeReason.map { "\($0)" } ?? "open"), "
                + "\(connection.application.bytesRead) read, "
                + "\(connection.application.bytesWritten) written"
        }
        let facts = ["seed \(scenario.seed), \(scenario.mode), \(now.sinceStart.seconds) s"] + ends
        return (facts + (violation.map { ["violation: \($0)"] } ?? []) + trace.lines)
            .joined(separator: "\n")
    }
}
