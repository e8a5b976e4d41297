internal import SUDPProtocol

/// The driver's place for one connection: the only owner of its core.
final class ConnectionSlot {
    enum Role {
        case client
        case server
    }

    var core: ConnectionCore
    let handle: ConnectionHandle
    let link: ConnectionLink
    let role: Role
    /// When the core wants to be called; kept by `DeadlineHeap`.
    var deadline = Instant(nanoseconds: 0)
    /// Where it stands in the heap; nil when it has no deadline.
    var heapIndex: Int?
    /// Whether it waits for its turn.
    var isTouched = false
    var isEstablished = false
    var isClosed = false
    /// Whether it is dropped without another word.
    var isAbandoned = false
    /// The local address that the peer's datagrams come to.
    var localAddress: NetworkAddress
    /// How often it was reported that the peer cannot be reached.
    var refusals = 0
    /// What the last of these reports meant, for example ECONNREFUSED.
    var lastRefusal: Int32 = 0
    private var hasUnread = false

    init(core: consuming ConnectionCore, link: ConnectionLink, role: Role) {
        handle = core.handle
        localAddress = core.path.local
        self.core = core
        self.link = link
        self.role = role
    }

    /// Whether it is a client that still waits for its server.
    var isOpening: Bool { role == .client && !isEstablished && !isClosed }

    /// The core has something to read.
    func onReadable() {
        hasUnread = true
    }

    /// Moves what the application and the core have for each other.
    ///
    /// `statistics` is called when the application asks for them.
    func exchange(now: Instant, statistics: (ConnectionSlot) -> Statistics) {
        let input = link.collect(room: core.sendBufferRoom)
        for request in input.requests {
            fulfil(request, now: now, statistics: statistics)
        }
        for block in input.blocks { core.write(block, now: now) }
        if input.isFinished { core.finish(now: now) }
        if hasUnread { readAhead(room: input.readRoom, now: now) }
    }

    /// Hands over everything that was received, because the core is about to go.
    func readToEnd(now: Instant) {
        readAhead(room: .max, now: now)
    }

    private func fulfil(
        _ request: LinkRequest, now: Instant, statistics: (ConnectionSlot) -> Statistics
    ) {
        switch request {
        case .confirmConsumed: core.confirmConsumed(now: now)
        case .stopReading(let code): core.stopReading(code: code, now: now)
        case .reset(let code): core.reset(code: code, now: now)
        case .close(let code, let reason): core.close(code: code, reason: reason, now: now)
        case .setCongestionControl(let control): core.setCongestionControl(control, now: now)
        case .statistics: link.onStatistics(statistics(self))
        }
    }

    private func readAhead(room: Int, now: Instant) {
        var room = room
        hasUnread = true
        repeat {
            let (blocks, end) = readFromCore(room: room, now: now)
            room = link.deliver(blocks, end: end, isHeldBack: hasUnread)
        } while room > 0
    }

    private func readFromCore(room: Int, now: Instant) -> ([ByteBlock], ReceiveEnd?) {
        var blocks: [ByteBlock] = []
        var left = room
        while left > 0 {
            switch core.read(now: now) {
            case .bytes(let block):
                left -= block.count
                blocks.append(block)
            case .blocked:
                hasUnread = false
                return (blocks, nil)
            case .finished:
                hasUnread = false
                return (blocks, .finished)
            case .reset(let code):
                hasUnread = false
                return (blocks, .reset(code: code))
            }
        }
        return (blocks, nil)
    }
}
