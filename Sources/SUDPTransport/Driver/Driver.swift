internal import Logging
internal import SUDPProtocol

/// One thread that owns a pair of sockets, the endpoint behind them and all of its connections.
///
/// Everything but `mailbox` belongs to that thread, so nothing in the data path is locked.
final class Driver: @unchecked Sendable {
    /// The trains that one connection may send before the others have their turn.
    static let trainsPerTurn = 16
    /// How often deadlines are looked at while a socket takes no more datagrams.
    private static let blockedInterval = TimeSpan.milliseconds(1)

    /// Where other threads leave what they want.
    let mailbox: Mailbox<DriverMessage>
    let port: DatagramPort
    let server: ServerRole?
    var endpoint: Endpoint
    var slots: [ConnectionHandle: ConnectionSlot] = [:]
    var deadlines = DeadlineHeap()
    var now = MonotonicClock.now()
    /// The clients that wait for their servers; ICMP reports matter only to them.
    var openingCount = 0
    let polls: PollSet
    var moderation = ReceiveModeration()

    private var touched: [ConnectionSlot] = []
    private var turn: [ConnectionSlot] = []
    private var isRetired = false
    private let logger: Logger?

    init(
        sockets: UDPSocketPair, endpoint: consuming Endpoint, server: ServerRole?, logger: Logger?
    ) throws(SystemError) {
        mailbox = try Mailbox()
        port = DatagramPort(sockets: sockets)
        polls = PollSet(mailbox: mailbox.descriptor, sockets: port.sockets)
        self.endpoint = endpoint
        self.server = server
        self.logger = logger
    }

    /// Starts the thread, which keeps the driver until it is retired and its connections are over.
    func start() throws(SystemError) {
        let statistics = port.statistics
        if statistics.isBufferClamped {
            logger?.info(
                """
                socket buffers: \(statistics.receiveBufferByteCount) bytes to receive, \
                \(statistics.sendBufferByteCount) to send; raise net.core.rmem_max and \
                net.core.wmem_max to \(UDPSocket.wantedBufferByteCount) for more speed
                """)
        }
        try NamedThread.start(name: "sudp-driver") { self.run() }
    }

    private func run() {
        do throws(SystemError) {
            while !isRetired || !slots.isEmpty {
                try waitForWork()
                now = MonotonicClock.now()
                takeMessages()
                receive()
                expireDeadlines()
                drainTouched()
                handOverEstablished()
                SocketCalls.add(port.takeCallCount() &+ polls.takeCallCount())
                if isRetired, touched.isEmpty { server?.queue.retire() }
            }
            end(.closed(.stateLost))
        } catch {
            logger?.error("\(error)")
            end(.failed(error))
        }
    }

    private func end(_ end: LinkEnd) {
        for slot in slots.values { slot.link.onClosed(end, statistics: statistics(of: slot)) }
        for slot in slots.values { slot.link.slot = nil }
        slots = [:]
        _ = server?.queue.close()
        server?.queue.retire()
    }

    // MARK: Waiting

    private func waitForWork() throws(SystemError) {
        for (index, socket) in port.sockets.enumerated() {
            polls.want(
                readable: moderation.pauseEnd == nil, writable: port.isBlocked(on: socket),
                socket: index)
        }
        try polls.wait(atMost: patience())
    }

    /// How long there is nothing to do without an event; nil for ever.
    private func patience() -> TimeSpan? {
        guard touched.isEmpty || port.isBlocked else { return .zero }
        var limit: TimeSpan?
        if let first = deadlines.first {
            let rest = first.deadline - MonotonicClock.now()
            limit = port.isBlocked ? max(rest, Self.blockedInterval) : rest
        }
        if let end = moderation.pauseEnd {
            let rest = end - MonotonicClock.now()
            limit = min(limit ?? rest, rest)
        }
        guard limit != .zero, mailbox.prepareToSleep() else { return .zero }
        return limit
    }

    // MARK: Input

    private func takeMessages() {
        for message in mailbox.takeAll(wasSignalled: polls.isMailboxReady) {
            switch message {
            case .open(let opening): open(opening)
            case .touched(let link): if let slot = link.slot { touch(slot) }
            case .accept(let isAccepting): server?.isAccepting = isAccepting && !isRetired
            case .reconfigure(let rules): server?.rules = rules
            case .retire: retire()
            }
        }
    }

    private func retire() {
        isRetired = true
        server?.isAccepting = false
        for slot in slots.values where slot.role == .server && !slot.isEstablished {
            refuse(slot, .listenerClosed)
        }
    }

    private func expireDeadlines() {
        while let slot = deadlines.first, slot.deadline <= now {
            deadlines.remove(slot)
            slot.core.handleTimeout(now: now)
            touch(slot)
        }
    }

    /// Gives the connection a turn.
    func touch(_ slot: ConnectionSlot) {
        guard !slot.isTouched else { return }
        slot.isTouched = true
        touched.append(slot)
    }

    private func drainTouched() {
        swap(&turn, &touched)
        for slot in turn {
            slot.isTouched = false
            drain(slot)
        }
        turn.removeAll(keepingCapacity: true)
    }

    /// What is known about the connection now.
    func statistics(of slot: ConnectionSlot) -> Statistics {
        Statistics(transport: slot.core.statistics, sockets: port.statistics)
    }
}
