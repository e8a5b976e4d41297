internal import SUDPProtocol

/// What an application and the driver hand each other about one connection.
struct LinkState: WaitableState {
    enum Condition: Sendable {
        case readable
        case writable
        case opened
        case sendConfirmed
        case ticket
        case closed
        case statistics(after: UInt64)
    }

    /// Stream bytes that may wait for the driver before a writer has to wait.
    static let maximumOutgoing = 1024 * 1024
    /// Blocks that may wait for the driver before a writer has to wait.
    static let outgoingBlockLimit = 64
    /// Stream bytes read ahead of the application, so that it need not wait for the driver.
    static let readAheadLimit = 512 * 1024
    /// Blocks read ahead of the application; a peer may make them as small as a byte.
    static let readAheadBlockLimit = 64

    /// A ticket by which another connection can resume the session.
    enum TicketState {
        case none
        /// The server promised one that has not come.
        case awaited
        case given
    }

    /// Stream bytes on their way to the driver.
    struct Outgoing {
        /// No more than the send buffer takes, so that a small one bounds all that waits.
        let limit: Int
        var blocks: [ByteBlock] = []
        var byteCount = 0
    }

    var phase = LinkPhase.opening
    var opened: OpenedLink?
    var outgoing: Outgoing
    var sendEnd: SendEnd?
    var ticket = TicketState.none
    var isFinishing = false
    var incoming: [ByteBlock] = []
    var incomingByteCount = 0
    var receiveEnd: ReceiveEnd?
    /// Whether the driver left bytes in the core because enough were read ahead.
    var isReadHeldBack = false
    var requests: [LinkRequest] = []
    /// Whether the driver was told that there is something to take.
    var isPosted = false
    var statistics = Statistics()
    var statisticsCount: UInt64 = 0
    var waiting = WaitList<Condition>()

    init(outgoingLimit: Int) {
        outgoing = Outgoing(limit: outgoingLimit)
    }

    func holds(_ condition: Condition) -> Bool {
        if case .closed = phase { return true }
        switch condition {
        case .readable: return !incoming.isEmpty || receiveEnd != nil
        case .writable: return sendEnd != nil || hasPlentyOfRoom
        case .opened: return phase != .opening
        case .sendConfirmed: return sendEnd != nil
        case .ticket: return phase != .opening && ticket != .awaited
        case .closed: return false
        case .statistics(let count): return statisticsCount > count
        }
    }

    /// Whether another block may be queued.
    var hasRoom: Bool {
        outgoing.byteCount < outgoing.limit && outgoing.blocks.count < Self.outgoingBlockLimit
    }

    /// Half of the room: a writer that had to wait is resumed for several blocks, not for each.
    private var hasPlentyOfRoom: Bool {
        outgoing.byteCount <= outgoing.limit / 2
            && outgoing.blocks.count <= Self.outgoingBlockLimit / 2
    }

    /// How many bytes are wanted from the core.
    var readRoom: Int {
        incoming.count < Self.readAheadBlockLimit ? Self.readAheadLimit - incomingByteCount : 0
    }

    /// Whether so little is read ahead that the driver should go on.
    var wantsMore: Bool {
        incomingByteCount <= Self.readAheadLimit / 2
            && incoming.count <= Self.readAheadBlockLimit / 2
    }

    /// Takes blocks from the front until the room is used up; the last one may exceed it.
    mutating func takeOutgoing(room: Int) -> [ByteBlock] {
        var left = room
        var count = 0
        while left > 0, count < outgoing.blocks.count {
            left -= outgoing.blocks[count].count
            outgoing.byteCount -= outgoing.blocks[count].count
            count += 1
        }
        guard count < outgoing.blocks.count else {
            defer { outgoing.blocks = [] }
            return outgoing.blocks
        }
        defer { outgoing.blocks.removeFirst(count) }
        return Array(outgoing.blocks[..<count])
    }

    /// Adds received blocks; one that goes on where the last one ends, in memory too, joins it.
    mutating func appendIncoming(_ blocks: [ByteBlock]) {
        for block in blocks {
            incomingByteCount += block.count
            if let joined = incoming.last?.joined(with: block) {
                incoming[incoming.count - 1] = joined
            } else {
                incoming.append(block)
            }
        }
    }

    mutating func dropOutgoing() {
        outgoing.blocks = []
        outgoing.byteCount = 0
    }
}
