internal import Glibc

/// The serial owner of a server's state: whatever happens happens here, one after the other.
actor ChatHall {
    private var state: ChatState
    private var outboxes: [ChatMember.ID: ChatOutbox] = [:]
    private var nextID: ChatMember.ID = 1
    private let historyFile: ChatHistoryFile?
    private let rulesFile: ChatRulesFile?
    private let tell: @Sendable (ChatRecord) -> Void
    private var logGate = ChatLogGate()
    private var historyFileFails = false
    private var rulesFileFails = false

    init(
        state: ChatState, historyFile: ChatHistoryFile?, rulesFile: ChatRulesFile?,
        tell: @escaping @Sendable (ChatRecord) -> Void
    ) {
        self.state = state
        self.historyFile = historyFile
        self.rulesFile = rulesFile
        self.tell = tell
    }

    /// Milliseconds since 1970.
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(clamping: time.tv_sec) &* 1000 &+ UInt64(clamping: time.tv_nsec / 1_000_000)
    }

    func connect(_ outbox: ChatOutbox, _ identity: ChatIdentity) -> ChatMember.ID {
        let id = nextID
        nextID += 1
        outboxes[id] = outbox
        let secret =
            String(UInt64.random(in: 0 ... .max), radix: 36)
            + String(UInt64.random(in: 0 ... .max), radix: 36)
        state.connect(id, identity, secret: secret, now: Self.now)
        return id
    }

    func receive(_ requests: ArraySlice<ChatRequest>, from id: ChatMember.ID) {
        for request in requests { state.handle(request, from: id, now: Self.now) }
        carryOut()
    }

    func requireLogin(_ id: ChatMember.ID) {
        state.requireLogin(id, now: Self.now)
        carryOut()
    }

    func disconnect(_ id: ChatMember.ID, reason: String) {
        outboxes[id] = nil
        state.disconnect(id, reason: reason, now: Self.now)
        carryOut()
    }

    func close(reason: String) {
        state.close(reason: reason, now: Self.now)
        carryOut()
        logGate.summaries(now: Self.now).forEach(tell)
        historyFile?.sync()
    }

    /// Logs something that is about no member.
    func log(_ record: ChatRecord) {
        for record in logGate.admit(record) { tell(record) }
    }

    /// How many are here, and the bytes that wait for them.
    var load: (members: Int, waiting: Int, highest: Int) {
        let loads = outboxes.values.map(\.load)
        return (
            outboxes.count, loads.reduce(0) { $0 + $1.now }, loads.map(\.highest).max() ?? 0
        )
    }

    private func carryOut() {
        var late: [ChatMember.ID] = []
        for effect in state.takeEffects() {
            switch effect {
            case .send(let event, let ids): late += send(event, to: ids)
            case .dismiss(let id, let code, let reason):
                outboxes[id]?.finish(code: code.rawValue, reason: reason)
            case .keep(let event): keep(event)
            case .log(let record): log(record)
            case .saveRules: saveRules()
            }
        }
        guard !late.isEmpty else { return }
        for id in late {
            outboxes.removeValue(forKey: id)?.abort(
                code: ChatCode.tooSlow.rawValue, reason: "too slow: events were not taken")
            state.disconnect(id, reason: "too slow: dropped", now: Self.now)
        }
        carryOut()
    }

    /// Puts the same bytes into every queue; gives back those that had no room.
    private func send(_ event: ChatEvent, to ids: [ChatMember.ID]) -> [ChatMember.ID] {
        let bytes = event.message.encoded
        return ids.filter { outboxes[$0].map { !$0.put(bytes) } ?? false }
    }

    // MARK: Files

    private func keep(_ event: ChatEvent) {
        guard let historyFile else { return }
        do {
            try historyFile.append(event)
            if historyFile.isExcessive { try historyFile.rewrite(state.kept) }
            historyFileFails = false
        } catch {
            complain(error, about: &historyFileFails)
        }
    }

    private func saveRules() {
        guard let rulesFile else { return }
        do {
            try rulesFile.save(state.rules)
            rulesFileFails = false
        } catch {
            complain(error, about: &rulesFileFails)
        }
    }

    /// Says once that a file cannot be written, and again when it could be meanwhile.
    private func complain(_ error: FileFailure, about fails: inout Bool) {
        guard !fails else { return }
        fails = true
        tell(
            ChatRecord(
                time: Self.now, event: "error",
                text: "\(error); the chat goes on, and what is not written is gone at its end"))
    }
}
