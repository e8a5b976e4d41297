internal import SUDPTransport

/// One connection to a benchmark server, from its first message to its end.
struct BenchGuest: Sendable {
    let connection: Connection
    let hall: BenchHall
    let tell: @Sendable (BenchServerEvent) -> Void

    /// Returns when the connection is over.
    func run() async {
        do {
            try await serve()
        } catch let error as MessageError {
            refuse(.notUnderstood, "not of the benchmark's protocol: \(error)")
        } catch {
            // The connection ended and the client knows why, or the server ends.
            connection.close(code: BenchHall.endCode.rawValue)
        }
        _ = await connection.waitUntilClosed()
    }

    private func serve() async throws {
        var inbox = BenchInbox(connection)
        let first = try await nextInTime(&inbox)
        switch first {
        case nil: connection.close(code: BenchCode.complete.rawValue)
        // What comes before the client's address is proven must not take a place.
        case .some(let message) where connection.peerIdentity.isEarlyDataAccepted:
            guard case .echo(let token) = message else {
                return refuse(.notUnderstood, "only pings may come as early data")
            }
            try await answerPings(token, &inbox)
        case .hello(BenchConstants.protocolName): try await receiveClient(&inbox)
        case .hello(let other):
            refuse(
                .notUnderstood,
                "it speaks \(BenchConstants.protocolName), not \(other):"
                    + " use the same version of sudp at both ends")
        case .join(let token, let request):
            try await carry(token, group: request.group, inbox) { [connection, hall] visit in
                connection.setCongestionControl(request.congestionControl)
                ServedFlow(stream: connection, request: request, hall: hall, visit: visit).run()
            }
        case .transact(let token, let transaction):
            try await carry(token, group: 0, inbox) { [connection, hall] visit in
                ServedTransactions(
                    stream: connection, transaction: transaction, hall: hall, visit: visit
                ).run()
            }
        case .echo(let token): try await answerPings(token, &inbox)
        default: throw MessageError.malformed(type: first?.message.type ?? 0)
        }
    }

    private func nextInTime(_ inbox: inout BenchInbox) async throws -> BenchMessage? {
        let patience = Task {
            try await Task.sleep(for: BenchConstants.requestLimit)
            refuse(.notUnderstood, "no request came")
        }
        defer { patience.cancel() }
        return try await inbox.next()
    }

    private func refuse(_ code: BenchCode, _ reason: String) {
        connection.close(code: code.rawValue, reason: reason)
        // A client that has just gone may have been about to make another connection.
        guard code != .notAdmitted else { return }
        tell(.refused(peer: connection.remoteAddress.text, reason: reason))
    }

    // MARK: The client

    /// Whether the client knows what the server's clients must know.
    private func isPermitted(_ inbox: inout BenchInbox) async throws -> Bool {
        guard let secret = hall.rules.secret else { return true }
        let challenge = BenchSecret.makeChallenge()
        try await connection.write(.challenge(challenge))
        let answer = try await nextInTime(&inbox)
        if case .proof(let proof) = answer {
            return ConstantTime.equal(proof, secret.proof(of: challenge))
        }
        if let answer { throw MessageError.malformed(type: answer.message.type) }
        return false
    }

    private func receiveClient(_ inbox: inout BenchInbox) async throws {
        guard try await isPermitted(&inbox) else {
            return refuse(.wrongSecret, "the token is not the server's")
        }
        guard let visit = hall.open(connection) else {
            return refuse(.full, "the server measures with \(hall.rules.maximumVisits) already")
        }
        let peer = connection.remoteAddress.text
        tell(.began(peer: peer))
        let start = ContinuousClock.now
        let limit = hall.rules.visitLimit
        let timer = Task {
            try await Task.sleep(for: limit)
            visit.end(
                .timeOver, reason: "the server gives a client \(limit.components.seconds) s")
        }
        let result: Result<Void, any Error>
        do { result = .success(try await talk(visit, &inbox)) } catch { result = .failure(error) }
        timer.cancel()
        hall.close(visit)
        let total = await visit.total()
        tell(
            .ended(
                peer: peer, bytesSent: total.bytesAcknowledged, bytesReceived: total.bytesRead,
                seconds: (.now - start) / .seconds(1)))
        try result.get()
    }

    private func talk(_ visit: BenchVisit, _ inbox: inout BenchInbox) async throws {
        try await connection.write(
            .welcome(
                BenchWelcome(
                    token: visit.token,
                    seconds: UInt32(clamping: hall.rules.visitLimit.components.seconds),
                    bytesPerSecond: hall.rules.bytesPerSecond ?? 0,
                    flows: UInt16(clamping: BenchConstants.maximumFlows),
                    byteLimit: hall.rules.byteLimit ?? 0)))
        var door: TCPDoor?
        var next = ContinuousClock.now
        while let message = try await inbox.next() {
            switch message {
            case .ask(let question, let group):
                // A client that asks without end must not keep the server busy.
                try await Task.sleep(until: next, clock: .continuous)
                next = .now + BenchConstants.statisticsInterval
                let answer = await visit.statistics(group: group, visits: hall.count)
                try await connection.write(.statistics(question: question, answer))
            case .tcp:
                if door == nil {
                    door = TCPDoor(beside: connection.localAddress, visit: visit, hall: hall)
                }
                try await connection.write(
                    .port(door?.port ?? 0, token: door?.token ?? visit.token))
            default: throw MessageError.malformed(type: message.message.type)
            }
        }
        connection.confirmConsumed()
        connection.finish()
    }

    // MARK: Its other connections

    private func admit(_ token: [UInt8], group: UInt32?) -> BenchVisit? {
        if let visit = hall.visit(token), visit.join(connection, group: group) { return visit }
        refuse(.notAdmitted, "the server does not expect this connection, or has too many")
        return nil
    }

    /// Lets a thread of its own have the connection, once the client may use it.
    private func carry(
        _ token: [UInt8], group: UInt32, _ inbox: BenchInbox,
        by body: @escaping @Sendable (BenchVisit) -> Void
    ) async throws {
        guard !inbox.hasMore else { throw MessageError.malformed(type: 0) }
        guard let visit = admit(token, group: group) else { return }
        do {
            try await connection.write(.ready)
            if let thread = DedicatedThread({ body(visit) }) {
                await thread.value
            } else {
                connection.close(code: BenchCode.interrupted.rawValue, reason: "no more threads")
            }
        } catch {}
        _ = await connection.waitUntilClosed()
        visit.leave(connection, await connection.counters())
    }

    private func answerPings(_ token: [UInt8], _ inbox: inout BenchInbox) async throws {
        guard let visit = admit(token, group: nil) else { return }
        let result: Result<Void, any Error>
        do {
            while let message = try await inbox.next() {
                guard case .ping(let ping) = message else {
                    throw MessageError.malformed(type: message.message.type)
                }
                try await connection.write(.pong(ping))
            }
            connection.confirmConsumed()
            connection.finish()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        visit.leave(connection, await connection.counters())
        try result.get()
    }
}
