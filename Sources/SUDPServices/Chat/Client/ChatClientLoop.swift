internal import SUDPTransport

/// The state of a running client; everything that happens passes through it in turn.
struct ChatClientLoop {
    private let configuration: ChatClient.Configuration
    private let front: any ChatFront
    private let connect: @Sendable () async throws -> Connection
    private let continuation: AsyncStream<ChatHappening>.Continuation
    let feed: ChatFeed

    private var session: ChatSession
    private var link: ChatLink?
    private var queue: [ChatEntry] = []
    private var hasEntries = false
    private var inputHasEnded = false
    private var hasBeenConnected = false
    private var attempts = 0
    private var allowed = ChatFeed.window
    private var connecting: Task<Void, Never>?
    private var pace = ChatPace(now: .now)

    init(
        _ configuration: ChatClient.Configuration, _ front: any ChatFront,
        _ connect: @escaping @Sendable () async throws -> Connection,
        _ continuation: AsyncStream<ChatHappening>.Continuation
    ) {
        self.configuration = configuration
        self.front = front
        self.connect = connect
        self.continuation = continuation
        feed = ChatFeed(continuation)
        session = ChatSession(nick: configuration.nick, rooms: configuration.rooms)
        session.ring(configuration.bell)
    }

    /// Takes what happened; true at the end.
    mutating func handle(_ happening: ChatHappening) async throws -> Bool {
        switch happening {
        case .line(let entry):
            hasEntries = true
            allowed -= 1
            queue.append(entry)
        case .inputEnded: inputHasEnded = true
        case .inputFailed(let error): throw error
        case .connected(let connection): begin(connection)
        case .notConnected(let error): try failed(error)
        case .events(let events):
            for event in events { session.receive(event) }
            link?.permit()
        case .disconnected(let error): try await disconnected(error)
        case .retry: connectNow()
        case .paused: pace.pausing = nil
        }
        takeEntries()
        try present()
        send()
        allowMore()
        return isDone
    }

    private var isDone: Bool {
        if session.quitReason != nil {
            return !configuration.endsWithInput || session.pending.isEmpty
        }
        guard inputHasEnded, queue.isEmpty, session.phase == .ready, session.pending.isEmpty else {
            return false
        }
        return configuration.isOnce || configuration.endsWithInput && hasEntries
    }

    /// What comes out of a pipe waits for the server, and for its turn.
    private mutating func takeEntries() {
        let isPiped = configuration.endsWithInput
        guard !isPiped || session.phase == .ready else { return }
        while let entry = queue.first, pace.pausing == nil, session.quitReason == nil {
            if isPiped, session.pending.count >= ChatPace.window || pause(before: entry) { return }
            queue.removeFirst()
            switch entry {
            case .typed(let line): session.enter(line)
            case .say(let room, let text): session.say(.say, text, room: room ?? session.current)
            case .direct(let nick, let text): session.direct(nick, text)
            case .unusable(let reason): session.refuseHere(reason)
            }
            send()
        }
    }

    /// Whether the entry has to wait; then something happens when it has waited.
    private mutating func pause(before entry: ChatEntry) -> Bool {
        let delay = pace.delay(of: entry.text, now: .now)
        guard delay > .zero else { return false }
        pace.pausing = Task { [continuation] in
            try? await Task.sleep(for: delay)
            continuation.yield(.paused)
        }
        return true
    }

    private func present(_ outputs: [ChatOutput]) throws {
        let shown = configuration.isOnce ? outputs.filter(\.isComplaint) : outputs
        if !shown.isEmpty { try front.show(shown) }
    }

    private mutating func present() throws {
        try present(session.takeOutputs())
    }

    private mutating func send() {
        for request in session.takeRequests() {
            pace.send(request.text, now: .now)
            link?.send(request.message)
        }
    }

    private mutating func allowMore() {
        let more = ChatFeed.window - allowed - queue.count - session.pending.count
        guard more > 0 else { return }
        allowed += more
        feed.allow(more)
    }

    // MARK: The connection

    mutating func connectNow() {
        let (connect, continuation) = (connect, continuation)
        connecting = Task {
            do {
                continuation.yield(.connected(try await connect()))
            } catch {
                continuation.yield(.notConnected(error))
            }
        }
    }

    private mutating func begin(_ connection: Connection) {
        link = ChatLink(connection, continuation)
        pace = ChatPace(now: .now)
        session.begin()
    }

    private mutating func failed(_ error: any Error) throws {
        guard configuration.reconnects, hasBeenConnected, Self.mayPass(error) else { throw error }
        retryLater()
    }

    private mutating func retryLater() {
        attempts += 1
        let milliseconds = min(500 << min(attempts, 5), 15_000) + Int.random(in: 0..<250)
        let continuation = continuation
        connecting = Task {
            try? await Task.sleep(for: .milliseconds(milliseconds))
            continuation.yield(.retry)
        }
    }

    private mutating func disconnected(_ error: (any Error)?) async throws {
        let wasReady = session.phase == .ready
        await link?.leave()
        link = nil
        session.end()
        try present()
        if case .notAdmitted(let reason) = session.failure, !hasBeenConnected,
            let name = await front.anotherName(because: reason)
        {
            session.rename(to: name)
            return connectNow()
        }
        let failure = Self.failure(session.failure, error)
        if wasReady {
            hasBeenConnected = true
            attempts = 0
        }
        guard configuration.reconnects, hasBeenConnected, Self.mayPass(failure) else {
            throw failure
        }
        session.forgetFailure()
        try present([.complaint("\(failure); trying again")])
        retryLater()
    }

    private static func failure(_ known: ChatFailure?, _ error: (any Error)?) -> any Error {
        if let known { return known }
        guard let error else { return ChatFailure.lost(reason: "it ended the connection") }
        if error is MessageError { return ChatFailure.malformed }
        guard let error = error as? TransportError else { return error }
        switch error.category {
        case .lost, .closedByPeer(.application(ChatCode.tooSlow.rawValue), _):
            return ChatFailure.lost(reason: error.description)
        case .closedByPeer(.application(ChatCode.serverEnds.rawValue), let reason):
            return ChatFailure.serverEnded(reason: reason)
        case .closedByPeer(.application(ChatCode.notAdmitted.rawValue), let reason):
            return ChatFailure.notAdmitted(reason: reason)
        case .closedByPeer(.application(ChatCode.thrownOut.rawValue), let reason):
            return ChatFailure.thrownOut(reason: reason)
        default: return error
        }
    }

    /// Whether it may be better the next time.
    private static func mayPass(_ error: any Error) -> Bool {
        switch error {
        case ChatFailure.serverEnded, ChatFailure.lost: return true
        case is ChatFailure: return false
        case let error as TransportError:
            if case .authentication = error.category { return false }
            return error.category != .cancelled && error.category != .local
        default: return false
        }
    }

    /// Takes leave of the server, if there is one, and gives it a moment to hear all.
    mutating func leave() async {
        connecting?.cancel()
        pace.pausing?.cancel()
        guard let link else { return }
        self.link = nil
        for request in session.farewell() { link.send(request.message) }
        await link.leave()
    }

    /// Takes note of what happened too late.
    mutating func miss(_ happening: ChatHappening) {
        if case .line(let entry) = happening { queue.append(entry) }
    }

    /// - Throws: `ChatFailure.notDelivered` when not everything was delivered.
    func requireDelivery() throws {
        let pending = session.pending
        // Whoever types has been told, and may have tried again.
        guard configuration.endsWithInput else { return }
        let missed = queue.count { !$0.isBlank }
        guard pending.undelivered + missed > 0 else { return }
        throw ChatFailure.notDelivered(
            count: pending.undelivered + missed,
            reason: missed > 0 ? "what comes after /quit is not sent" : pending.reason)
    }
}

extension ChatOutput {
    fileprivate var isComplaint: Bool {
        switch self {
        case .complaint: true
        case .event(let event, _): event.kind == .refused
        default: false
        }
    }
}
