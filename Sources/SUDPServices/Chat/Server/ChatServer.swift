public import SUDPTransport

/// A chat server on a listener.
public struct ChatServer: Sendable {
    /// What the operator of a server chooses.
    public struct Configuration: Sendable {
        /// The pins of the keys whose owners are operators.
        public var admins: Set<String> = []
        /// How many messages of each room newcomers hear.
        public var historyCount = ChatConstants.defaultHistoryCount
        /// Where they are kept over a restart.
        public var historyFile: String?
        /// Where bans, mutes, reserved names, operators and the greeting are kept over a restart.
        public var rulesFile: String?
        /// What everybody is told first.
        public var greeting = ""
        /// Whether the certificates that clients show are of an authority that the server trusts.
        public var verifiesCertificates = false

        /// Makes the default choices.
        public init() {}
    }

    private let hall: ChatHall
    private let verifiesCertificates: Bool

    /// Prepares a server; `tell` gets one record for each event.
    ///
    /// - Throws: `FileFailure` or `ChatFailure` when a file cannot be used.
    public init(
        _ configuration: Configuration, tell: @escaping @Sendable (ChatRecord) -> Void
    ) throws {
        let history = try configuration.historyFile.map { try ChatHistoryFile(path: $0) }
        let rules = try configuration.rulesFile.map { try ChatRulesFile(path: $0) }
        var state = ChatState(
            run: history?.run ?? UInt64.random(in: 1 ... .max),
            configuration: ChatState.Configuration(
                admins: configuration.admins, historyCount: configuration.historyCount,
                greeting: configuration.greeting))
        try history?.restore(into: &state)
        if let rules { state.rules = rules.initial }
        verifiesCertificates = configuration.verifiesCertificates
        hall = ChatHall(state: state, historyFile: history, rulesFile: rules, tell: tell)
    }

    /// Serves the listener's connections until the task is cancelled; then everybody hears of it.
    public func run(_ listener: Listener) async {
        let visits = ChatVisits()
        for await connection in listener {
            let task = Task.detached { [hall, verifiesCertificates] in
                await ChatVisit(connection, hall, isVerified: verifiesCertificates).run()
                await visits.end(connection)
            }
            await visits.begin(connection, task)
        }
        // The task is cancelled by now: what is left takes one that is not.
        await Task.detached { [hall] in
            await hall.close(reason: "the server ends")
            await visits.wait()
        }.value
    }

    /// Takes note of somebody who did not get as far as a connection.
    public func noteFailure(from address: String, _ reason: String) async {
        await hall.log(
            ChatRecord(
                time: ChatHall.now, event: "refused", text: "no connection: \(reason)",
                address: address))
    }

    /// How many clients there are, the bytes that wait for them, and the most that waited for one.
    public func load() async -> (clients: Int, waiting: Int, highest: Int) {
        let load = await hall.load
        return (load.members, load.waiting, load.highest)
    }
}

/// The connections that are being served.
private actor ChatVisits {
    private var tasks: [ObjectIdentifier: Task<Void, Never>] = [:]
    private var ended: Set<ObjectIdentifier> = []

    func begin(_ connection: Connection, _ task: Task<Void, Never>) {
        let id = ObjectIdentifier(connection)
        if ended.remove(id) == nil { tasks[id] = task }
    }

    func end(_ connection: Connection) {
        let id = ObjectIdentifier(connection)
        if tasks.removeValue(forKey: id) == nil { ended.insert(id) }
    }

    func wait() async {
        for task in tasks.values { await task.value }
    }
}

/// One client's connection, from its first byte to its last.
private struct ChatVisit: Sendable {
    private let connection: Connection
    private let hall: ChatHall
    private let isVerified: Bool

    init(_ connection: Connection, _ hall: ChatHall, isVerified: Bool) {
        self.connection = connection
        self.hall = hall
        self.isVerified = isVerified
    }

    func run() async {
        let outbox = ChatOutbox(connection)
        let id = await hall.connect(
            outbox, ChatIdentity(connection, isVerified: isVerified))
        _ = outbox.put(ChatHello.message.encoded)
        let writing = Task { await outbox.run() }
        let patience = Task { [hall] in
            try await Task.sleep(for: .seconds(ChatConstants.loginSeconds))
            await hall.requireLogin(id)
        }
        let (reason, code) = await listen(id)
        patience.cancel()
        await hall.disconnect(id, reason: reason)
        if code == .malformed {
            outbox.abort(code: code.rawValue, reason: reason)
        } else {
            outbox.finish(code: code.rawValue, reason: reason)
        }
        await writing.value
        outbox.close()
    }

    /// Takes the client's requests; returns why there are no more.
    private func listen(_ id: ChatMember.ID) async -> (String, ChatCode) {
        var inbox = ChatInbox(connection)
        do {
            while let messages = try await inbox.next() {
                var requests: [ChatRequest] = []
                for message in messages { requests.append(try ChatRequest(message)) }
                var rest = requests[...]
                while !rest.isEmpty {
                    await hall.receive(rest.prefix(ChatConstants.requestsPerTurn), from: id)
                    rest = rest.dropFirst(ChatConstants.requestsPerTurn)
                }
            }
            connection.confirmConsumed()
            return ("", .left)
        } catch let error as TransportError {
            return (Self.words(error), .left)
        } catch let error as ChatFailure {
            return (error.description, .malformed)
        } catch {
            return ("broke the protocol", .malformed)
        }
    }

    private static func words(_ error: TransportError) -> String {
        switch error.category {
        case .lost: "lost"
        case .closedByPeer, .truncated: "connection ended"
        case .local: "dropped"
        default: "connection failed"
        }
    }
}
