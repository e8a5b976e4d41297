internal import SUDPProtocol

/// Where the application's side of a connection and the driver meet.
///
/// Its state is locked; `slot` belongs to the driver's thread alone.
final class ConnectionLink: Sendable {
    /// What a read found.
    enum Reading: Sendable {
        case block(ByteBlock)
        case ended(ReceiveEnd)
        case closed(LinkEnd)
        case nothingYet
    }

    /// What became of a block.
    enum Writing: Sendable {
        case taken
        case ended(SendEnd)
        case finished
        case closed(LinkEnd)
        case noRoom
    }

    /// The connection behind it; only the driver's thread touches this.
    nonisolated(unsafe) var slot: ConnectionSlot?
    /// Where the peer is or was first met.
    let remote: NetworkAddress

    private let ticketTaker: (@Sendable (SessionTicket) -> Void)?
    private let mailbox: Mailbox<DriverMessage>
    private let monitor: Monitor<LinkState>

    /// Makes the link of a connection whose send buffer has this limit.
    init(
        remote: NetworkAddress, mailbox: Mailbox<DriverMessage>,
        sendBufferLimit: Int = Limits.sendBufferLimit,
        ticketTaker: (@Sendable (SessionTicket) -> Void)? = nil
    ) {
        self.remote = remote
        self.ticketTaker = ticketTaker
        self.mailbox = mailbox
        monitor = Monitor(
            LinkState(outgoingLimit: min(sendBufferLimit, LinkState.maximumOutgoing)))
    }

    /// How far the connection is.
    var phase: LinkPhase { monitor.read(\.phase) }

    /// What the connection was when it opened; nil when it never did.
    var opened: OpenedLink? { monitor.read(\.opened) }

    /// How the own stream ended, if it did.
    var sendEnd: SendEnd? { monitor.read(\.sendEnd) }

    /// Whether the server gave a ticket.
    var hasTicket: Bool { monitor.read(\.ticket) == .given }

    // MARK: The application's side

    /// Takes the next received bytes.
    func read() -> Reading {
        change { state in
            if !state.incoming.isEmpty {
                let block = state.incoming.removeFirst()
                state.incomingByteCount -= block.count
                guard state.isReadHeldBack, state.wantsMore else { return (.block(block), false) }
                state.isReadHeldBack = false
                return (.block(block), true)
            }
            if let end = state.receiveEnd { return (.ended(end), false) }
            if case .closed(let end) = state.phase { return (.closed(end), false) }
            return (.nothingYet, false)
        }
    }

    /// Puts back what a read took and did not use.
    func unread(_ block: ByteBlock) {
        change { state in
            guard state.receiveEnd != .stopped else { return ((), false) }
            state.incoming.insert(block, at: 0)
            state.incomingByteCount += block.count
            return ((), false)
        }
    }

    /// Queues a block for sending when there is room.
    func write(_ block: ByteBlock) -> Writing {
        change { state in
            if case .closed(let end) = state.phase { return (.closed(end), false) }
            if let end = state.sendEnd { return (.ended(end), false) }
            guard !state.isFinishing else { return (.finished, false) }
            guard state.hasRoom else { return (.noRoom, false) }
            guard block.count > 0 else { return (.taken, false) }
            state.outgoing.blocks.append(block)
            state.outgoing.byteCount += block.count
            return (.taken, true)
        }
    }

    /// Ends the own stream behind what was written.
    func finish() {
        change { state in
            guard !state.isFinishing else { return ((), false) }
            state.isFinishing = true
            return ((), true)
        }
    }

    /// Asks for something that takes effect now, ahead of what waits to be sent.
    func request(_ request: LinkRequest) {
        change { state in
            if case .closed = state.phase { return ((), false) }
            state.requests.append(request)
            switch request {
            case .stopReading:
                state.incoming = []
                state.incomingByteCount = 0
                if state.receiveEnd == nil { state.receiveEnd = .stopped }
            case .reset:
                state.dropOutgoing()
                if state.sendEnd == nil { state.sendEnd = .reset }
            case .close:
                state.dropOutgoing()
            case .confirmConsumed, .statistics, .setCongestionControl:
                break
            }
            return ((), true)
        }
    }

    /// Counters and estimates as of now, or the last ones of a connection that is over.
    func statistics() async -> Statistics {
        let count = monitor.read(\.statisticsCount)
        request(.statistics)
        await monitor.wait(for: .statistics(after: count))
        return monitor.read(\.statistics)
    }

    /// Suspends the task until the condition holds or the task is cancelled.
    func wait(for condition: LinkState.Condition) async {
        await monitor.wait(for: condition)
    }

    /// Suspends the task until the connection is over, even when the task is cancelled.
    func waitUntilClosed() async {
        await monitor.waitUncancelled(for: .closed)
    }

    /// Blocks the thread until the condition holds.
    func block(until condition: LinkState.Condition) {
        monitor.block(until: condition)
    }

    /// Changes the state; a change that concerns the driver is announced to it once.
    private func change<Result: Sendable>(
        _ body: (inout LinkState) -> (Result, isForDriver: Bool)
    ) -> Result {
        let (result, mustPost) = monitor.update { state in
            let (result, isForDriver) = body(&state)
            let mustPost = isForDriver && !state.isPosted
            if mustPost { state.isPosted = true }
            return (result, mustPost)
        }
        if mustPost { mailbox.post(.touched(self)) }
        return result
    }

    // MARK: The driver's side

    /// Takes what the application asks for, and blocks as long as there is room for them.
    func collect(room: Int) -> LinkInput {
        monitor.update { state in
            state.isPosted = false
            var input = LinkInput()
            input.readRoom = state.readRoom
            if !state.requests.isEmpty { swap(&input.requests, &state.requests) }
            input.blocks = state.takeOutgoing(room: room)
            input.isFinished = state.isFinishing && state.outgoing.blocks.isEmpty
            return input
        }
    }

    /// Hands over received bytes; `isHeldBack` tells that the core has more.
    ///
    /// Returns how many of those are wanted at once, because the application was faster.
    func deliver(_ blocks: [ByteBlock], end: ReceiveEnd?, isHeldBack: Bool) -> Int {
        monitor.update { state in
            state.isReadHeldBack = isHeldBack
            guard state.receiveEnd == nil else { return 0 }
            state.appendIncoming(blocks)
            state.receiveEnd = end
            guard isHeldBack, state.wantsMore else { return 0 }
            state.isReadHeldBack = false
            return state.readRoom
        }
    }

    func onEstablished(_ identity: PeerIdentity, path: NetworkPath, awaitsTicket: Bool) {
        monitor.update { state in
            if awaitsTicket { state.ticket = .awaited }
            state.phase = .established(identity, path)
            state.opened = OpenedLink(identity: identity, path: path)
        }
    }

    /// The server gave a ticket for another connection.
    func onTicket(_ ticket: SessionTicket) {
        ticketTaker?(ticket)
        monitor.update { $0.ticket = .given }
    }

    func onSendEnd(_ end: SendEnd) {
        monitor.update { state in
            guard state.sendEnd == nil else { return }
            state.sendEnd = end
            state.dropOutgoing()
        }
    }

    func onStatistics(_ statistics: Statistics) {
        monitor.update { state in
            state.statistics = statistics
            state.statisticsCount += 1
        }
    }

    /// The connection is over; what was received before can still be read.
    func onClosed(_ end: LinkEnd, statistics: Statistics) {
        monitor.update { state in
            if case .closed = state.phase { return }
            state.phase = .closed(end)
            state.statistics = statistics
            state.dropOutgoing()
        }
    }
}
