/// A room as a client knows it.
struct ChatPlace: Equatable, Sendable {
    let name: String
    var topic = ""
    private(set) var names: Set<String> = []
    /// The number of the last message that was heard.
    var lastNumber: UInt64 = 0
    /// Whether it was entered before, on another connection.
    var isReturning = false
    var replayedCount = 0

    init(name: String) {
        self.name = name
    }

    mutating func add(_ nick: String) {
        // A server that names more than it can have costs nothing.
        if names.count < ChatConstants.maximumNamesPerRoom { names.insert(nick) }
    }

    mutating func remove(_ nick: String) {
        names.remove(nick)
    }

    mutating func removeAll() {
        names = []
    }
}

/// Requests whose answers are still to come, and what became of the others.
struct ChatPending: Equatable, Sendable {
    private var kinds: [UInt32: (kind: ChatRequest.Kind, isDelivery: Bool)] = [:]
    private var nextTag: UInt32 = 1
    /// Lines that were not delivered, and why the last was not.
    private(set) var undelivered = 0
    private(set) var reason = ""
    private(set) var deliveredCount = 0

    var isEmpty: Bool { kinds.isEmpty }
    var count: Int { kinds.count }

    static func == (a: ChatPending, b: ChatPending) -> Bool {
        a.kinds.keys == b.kinds.keys && a.undelivered == b.undelivered
    }

    mutating func add(_ kind: ChatRequest.Kind, isDelivery: Bool) -> UInt32 {
        defer { nextTag = nextTag == .max ? 1 : nextTag + 1 }
        kinds[nextTag] = (kind, isDelivery)
        return nextTag
    }

    /// The request was done; gives back what it was.
    @discardableResult
    mutating func end(_ tag: UInt32) -> ChatRequest.Kind? {
        guard let entry = kinds.removeValue(forKey: tag) else { return nil }
        if entry.isDelivery { deliveredCount += 1 }
        return entry.kind
    }

    /// The request was refused.
    mutating func refuse(_ tag: UInt32, _ reason: String) {
        guard let entry = kinds.removeValue(forKey: tag), entry.isDelivery else { return }
        refuse(reason)
    }

    /// Something was not even sent.
    mutating func refuse(_ reason: String) {
        undelivered += 1
        self.reason = reason
    }

    /// No answers will come any more; gives back how many lines may be lost.
    mutating func forget() -> Int {
        defer { kinds = [:] }
        return kinds.values.filter(\.isDelivery).count
    }
}
