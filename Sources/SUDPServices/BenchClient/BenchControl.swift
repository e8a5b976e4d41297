internal import SUDPTransport

/// The connection on which a client and a benchmark server talk about what they measure.
actor BenchControl {
    nonisolated let connection: Connection
    nonisolated let welcome: BenchWelcome
    private let inbox: BenchInbox
    private var lastQuestion: UInt32 = 0
    private var waiting: [UInt32: CheckedContinuation<BenchStatistics?, Never>] = [:]
    private var waitingForPort: CheckedContinuation<(UInt16, [UInt8])?, Never>?
    private var reading: Task<Void, Never>?

    /// Greets a server; throws `BenchFailure` when that is none, or does not want this client.
    init(_ connection: Connection, _ secret: BenchSecret? = nil) async throws {
        self.connection = connection
        let patience = Task {
            try await Task.sleep(for: BenchConstants.requestLimit)
            connection.close(
                code: BenchCode.notUnderstood.rawValue, reason: "no greeting came")
        }
        defer { patience.cancel() }
        var inbox = BenchInbox(connection)
        do {
            try await connection.write(.hello(name: BenchConstants.protocolName))
            var answer = try await inbox.next()
            if case .challenge(let challenge) = answer {
                guard let secret else {
                    connection.close(code: BenchCode.complete.rawValue)
                    throw BenchFailure.notPermitted(
                        "the server demands a token: use --token-file")
                }
                try await connection.write(.proof(secret.proof(of: challenge)))
                answer = try await inbox.next()
            }
            guard case .welcome(let welcome) = answer, welcome.name == BenchConstants.protocolName
            else { throw BenchFailure.wrongService("the peer speaks another protocol") }
            self.welcome = welcome
        } catch let error as MessageError {
            throw BenchFailure.wrongService("\(error)")
        } catch let error as TransportError where error.category != .cancelled {
            throw await Self.failure(of: connection, error)
        }
        self.inbox = inbox
    }

    /// Why a connection is over, as far as that is known by now.
    static func failure(of connection: Connection, _ error: any Error) async -> any Error {
        guard let error = error as? TransportError else { return error }
        switch error.category {
        case .truncated, .local:
            connection.close(code: BenchCode.complete.rawValue)
        default: break
        }
        return refusal(await connection.waitUntilClosed())
    }

    private static func refusal(_ reason: CloseReason) -> any Error {
        guard case .closedByPeer(.application(let code), let text) = reason else {
            return BenchFailure.endedEarly(reason)
        }
        switch BenchCode(rawValue: code) {
        case .full, .notAdmitted: return BenchFailure.notAllowed(TerminalText.escaped(text))
        case .wrongSecret: return BenchFailure.notPermitted(TerminalText.escaped(text))
        case .notUnderstood: return BenchFailure.wrongService(text)
        default: return BenchFailure.endedEarly(reason)
        }
    }

    /// Begins to take the server's answers.
    func start() {
        reading = Task { await read() }
    }

    private func read() async {
        var inbox = inbox
        while let message = try? await inbox.next() {
            switch message {
            case .statistics(let question, let statistics): answer(question, statistics)
            case .port(let port, let token): answer(port: (port, token))
            default: connection.close(code: BenchCode.notUnderstood.rawValue)
            }
        }
        for question in waiting.keys { answer(question, nil) }
        answer(port: nil)
        reading = nil
    }

    private func answer(port: (UInt16, [UInt8])?) {
        waitingForPort?.resume(returning: port)
        waitingForPort = nil
    }

    /// The server's statistics of a group of flows; nil when they do not come in time.
    func statistics(group: UInt32) async -> BenchStatistics? {
        lastQuestion &+= 1
        let question = lastQuestion
        guard reading != nil else { return nil }
        let patience = Task {
            try await Task.sleep(for: BenchConstants.answerLimit)
            answer(question, nil)
        }
        defer { patience.cancel() }
        return await withCheckedContinuation { continuation in
            // The answer may be here before the writing returns.
            waiting[question] = continuation
            Task {
                let ask = BenchMessage.ask(question: question, group: group)
                if (try? await connection.write(ask)) == nil { answer(question, nil) }
            }
        }
    }

    private func answer(_ question: UInt32, _ statistics: BenchStatistics?) {
        waiting.removeValue(forKey: question)?.resume(returning: statistics)
    }

    /// The TCP port that the server opens for this client, and the token that it asks for there.
    func openTCP() async throws -> (address: NetworkAddress, token: [UInt8]) {
        guard reading != nil, waitingForPort == nil else {
            throw BenchFailure.noTCP("the server is gone")
        }
        let patience = Task {
            try await Task.sleep(for: BenchConstants.requestLimit)
            answer(port: nil)
        }
        defer { patience.cancel() }
        let named = await withCheckedContinuation { continuation in
            waitingForPort = continuation
            Task { if (try? await connection.write(.tcp)) == nil { answer(port: nil) } }
        }
        guard let (port, token) = named else {
            throw await reason(for: .noTCP("the server does not answer"))
        }
        guard port > 0 else { throw BenchFailure.noTCP("the server has no port for it") }
        var address = connection.remoteAddress
        address.port = port
        return (address, token)
    }

    /// Why another connection of this client broke: that the visit is over, or `failure`.
    func reason(for failure: BenchFailure) async -> any Error {
        guard await statistics(group: 0) == nil, reading == nil else { return failure }
        connection.close(code: BenchCode.complete.rawValue)
        return Self.refusal(await connection.waitUntilClosed())
    }

    /// Leaves; the server closes whatever connections are left.
    func close() async {
        connection.close(code: BenchCode.complete.rawValue)
        await connection.answerAfterClosing()
    }
}
