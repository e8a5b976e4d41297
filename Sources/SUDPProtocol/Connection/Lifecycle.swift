/// Where a connection is between its opening and its end.
///
///     opening → established → lingering → closing → over
///        └───────────┴────────────┴─────→ draining → over
struct Lifecycle {
    enum State: Equatable {
        case opening
        case established
        /// Both streams were consumed and confirmed; answers until the peer knows it too.
        case lingering
        /// CLOSE was sent and is repeated to a peer that did not see it.
        case closing
        /// The peer closed: nothing is sent any more.
        case draining
        case over
    }

    /// A CLOSE frame and the protections it has to travel in for the peer to read it.
    struct Closing: Equatable {
        var code: CloseCode
        var text: String
        var inInitial: Bool
        var inSession: Bool
    }

    private(set) var state = State.opening
    private(set) var reason: CloseReason?
    private(set) var closing: Closing?
    private(set) var pendingInitialClose = false
    private(set) var pendingSessionClose = false
    private(set) var isSendConfirmed = false
    private(set) var deadline: Instant?
    private var packetsWhileClosing: UInt64 = 0

    var isOpen: Bool {
        switch state {
        case .opening, .established, .lingering: true
        case .closing, .draining, .over: false
        }
    }
    var mayTransferData: Bool { state == .established || state == .lingering }
    var isClosePending: Bool { pendingInitialClose || pendingSessionClose }

    mutating func onEstablished() {
        if state == .opening { state = .established }
    }

    mutating func onSendConfirmed() {
        isSendConfirmed = true
    }

    mutating func linger(until deadline: Instant) {
        guard state == .established else { return }
        state = .lingering
        self.deadline = deadline
    }

    func isLingerOver(now: Instant) -> Bool {
        state == .lingering && deadline.map { $0 <= now } ?? false
    }

    /// This side ends the connection with a CLOSE frame.
    mutating func close(_ closing: Closing, reason: CloseReason, until deadline: Instant) {
        guard isOpen else { return }
        state = .closing
        self.reason = reason
        self.closing = closing
        self.deadline = deadline
        demandClose()
    }

    private mutating func demandClose() {
        pendingInitialClose = closing?.inInitial ?? false
        pendingSessionClose = closing?.inSession ?? false
    }

    mutating func onCloseSent(inInitial: Bool) {
        if inInitial { pendingInitialClose = false } else { pendingSessionClose = false }
    }

    mutating func giveUpClosing() {
        (pendingInitialClose, pendingSessionClose) = (false, false)
    }

    /// The peer ended it: nothing more is sent.
    mutating func drain(_ reason: CloseReason, until deadline: Instant) {
        guard isOpen || state == .closing else { return }
        self.reason = self.reason ?? reason
        state = .draining
        self.deadline = deadline
        giveUpClosing()
    }

    /// Ends at once, without a word.
    mutating func abandon(_ reason: CloseReason) {
        self.reason = self.reason ?? reason
        state = .over
        deadline = nil
        giveUpClosing()
    }

    /// A packet came while closing: answers get rarer as packets go on (RFC 9000 §10.2.1).
    mutating func onPacketWhileClosing() {
        guard state == .closing else { return }
        packetsWhileClosing += 1
        if packetsWhileClosing.nonzeroBitCount == 1 { demandClose() }
    }

    /// True when the last wait is over.
    mutating func endIfDue(now: Instant) -> Bool {
        guard state == .closing || state == .draining, let deadline, deadline <= now else {
            return false
        }
        state = .over
        self.deadline = nil
        return true
    }
}
