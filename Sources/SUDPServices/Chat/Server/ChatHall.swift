internal import Glibc

/// The serial owner of a server's state: whatever happens happens here, one after the other.
actor ChatHall {
    private var state: ChatState
    private var outboxes: [ChatMember.ID: ChatOutbox] = [:]
    private var nextID: ChatMember.ID = 1
    private let historyFile: ChatHistoryFile?
    private let rulesFile: ChatRulesFile?
    private let tell: @Sendable (ChatRecord) -> Void

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

    func receive(_ requests: [ChatRequest], from id: ChatMember.ID) {
        for request in requests { state.handle(request, from: id, now: Self.now) }
        carryOut()
    }

    func requireLogin(_ id: ChatMember.ID) {
        state.requireLogin(id)
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
        historyFile?.sync()
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
            case .keep(let event): historyFile?.append(event)
            case .log(let record): tell(record)
            case .saveRules: rulesFile?.save(state.rules)
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
}
