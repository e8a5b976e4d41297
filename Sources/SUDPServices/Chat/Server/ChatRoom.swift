/// A room: who is in it, what was said last, and the number of the last message.
struct ChatRoom: Sendable {
    let name: String
    var topic = ""
    private(set) var members: [ChatMember.ID] = []
    private(set) var history: ChatHistory

    init(name: String, historyCount: Int) {
        self.name = name
        history = ChatHistory(capacity: historyCount)
    }

    mutating func enter(_ id: ChatMember.ID) {
        members.append(id)
    }

    mutating func leave(_ id: ChatMember.ID) {
        members.removeAll { $0 == id }
    }

    /// Gives the message its number and keeps it.
    mutating func number(_ event: ChatEvent) -> ChatEvent {
        var event = event
        event.number = history.lastNumber &+ 1
        history.append(event)
        return event
    }

    /// Takes back a message of an earlier run.
    mutating func restore(_ event: ChatEvent) {
        history.append(event)
    }
}

/// The newest messages of a room, in order.
struct ChatHistory: Sendable {
    /// What somebody who comes is told.
    struct Replay: Equatable {
        /// So many messages since the last one seen are no longer kept.
        let goneCount: UInt64
        let events: [ChatEvent]
    }

    private let capacity: Int
    private var events: [ChatEvent] = []
    private var byteCount = 0
    private(set) var lastNumber: UInt64 = 0

    init(capacity: Int) {
        self.capacity = max(0, min(capacity, ChatConstants.maximumHistoryCount))
    }

    var all: [ChatEvent] { events }

    mutating func append(_ event: ChatEvent) {
        guard event.number > lastNumber else { return }
        lastNumber = event.number
        events.append(event)
        byteCount += Self.byteCount(of: event)
        // Twice as many, so that the array moves seldom.
        guard
            events.count > max(2 * capacity, 1) || byteCount > ChatConstants.maximumHistoryByteCount
        else { return }
        trim()
    }

    private static func byteCount(of event: ChatEvent) -> Int {
        event.text.utf8.count + ChatConstants.eventByteCount
    }

    private mutating func trim() {
        // The last one stays for its number.
        var excess = max(0, events.count - max(capacity, 1))
        var rest = events[excess...].reduce(0) { $0 + Self.byteCount(of: $1) }
        while rest > ChatConstants.maximumHistoryByteCount / 2, excess < events.count {
            rest -= Self.byteCount(of: events[excess])
            excess += 1
        }
        events.removeFirst(excess)
        byteCount = rest
    }

    /// The last events that fit into a replay.
    private func affordable(_ events: ArraySlice<ChatEvent>) -> ArraySlice<ChatEvent> {
        var byteCount = 0
        let tooOld = events.lastIndex { event in
            byteCount += Self.byteCount(of: event)
            return byteCount > ChatConstants.replayByteCount
        }
        return tooOld.map { events[($0 + 1)...] } ?? events
    }

    /// What to tell somebody who saw everything up to a number; 0 for a newcomer.
    func replay(after seen: UInt64) -> Replay {
        let kept = affordable(events.suffix(capacity))
        guard seen > 0 else { return Replay(goneCount: 0, events: Array(kept)) }
        guard seen < lastNumber else { return Replay(goneCount: 0, events: []) }
        let missed = kept.filter { $0.number > seen }
        let first = missed.first?.number ?? lastNumber &+ 1
        return Replay(goneCount: first &- seen &- 1, events: missed)
    }
}
