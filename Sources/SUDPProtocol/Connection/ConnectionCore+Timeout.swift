extension ConnectionCore {
    /// When `handleTimeout` wants to be called; nil when never.
    public var nextTimeout: Instant? {
        guard lifecycle.state != .over else { return nil }
        guard lifecycle.isOpen else { return lifecycle.deadline }
        var next = isHandshaking ? context.handshakeDeadline : liveness.deadline
        if let deadline = lifecycle.deadline { next = min(next, deadline) }
        if let deadline = context.freshStartDeadline { next = min(next, deadline) }
        if let deadline = congestion.pacedUntil { next = min(next, deadline) }
        if let deadline = protection.session?.keys?.previousExpiry { next = min(next, deadline) }
        if let deadline = lossDeadline { next = min(next, deadline) }
        if let deadline = probeDeadline { next = min(next, deadline) }
        if let deadline = session.acks.deadline, maySendSessionPackets, mayAcknowledge,
            session.mayRemember
        {
            next = min(next, deadline)
        }
        return next
    }

    /// Whether the handshake goes on, be it behind early data.
    private var isHandshaking: Bool {
        lifecycle.state == .opening || context.side == .server && !handshake.isComplete
    }

    /// Whether the peer's address has earned another datagram.
    private var maySendDatagram: Bool {
        paths.amplificationAllowance
            >= max(congestion.datagramSize, Limits.minimumDatagramSize)
    }

    /// Whether an acknowledgement may go, be it in a packet of its own.
    private var mayAcknowledge: Bool {
        paths.amplificationAllowance
            >= TrainBudget.proofByteCount + TrainBudget.acknowledgementByteCount
    }

    private var lossDeadline: Instant? {
        switch (initial.lossTime, session.lossTime) {
        case (let a?, let b?): min(a, b)
        case (let a, let b): a ?? b
        }
    }

    /// When the peer is to be probed because it acknowledges nothing (RFC 9002 §6.2).
    private var probeDeadline: Instant? {
        switch (initialProbeDeadline, sessionProbeDeadline) {
        case (let a?, let b?): return min(a, b)
        case (let a, let b): return a ?? b
        }
    }

    private var initialProbeDeadline: Instant? {
        guard maySendDatagram, protection.initial != nil, let last = initial.lastAckElicitingTime,
            context.side == .server || !handshake.isComplete
        else { return nil }
        // RFC 9002 §6.2.2.1: a client probes with nothing in flight, lest the server be stuck.
        let mayBeStuck = context.side == .client
        guard initial.sent.outstandingAckEliciting > 0 || mayBeStuck else { return nil }
        return last + recovery.probeTimeout(isInitial: true)
    }

    private var sessionProbeDeadline: Instant? {
        guard maySendSessionPackets, paths.amplificationAllowance >= TrainBudget.proofByteCount,
            session.sent.outstandingAckEliciting > 0,
            let last = session.lastAckElicitingTime
        else { return nil }
        return last + recovery.probeTimeout(isInitial: false)
    }

    /// Does what is due at `now`.
    public mutating func handleTimeout(now: Instant) {
        if lifecycle.endIfDue(now: now) { return outbox.tell(.drained) }
        guard lifecycle.isOpen else { return }
        protection.session?.keys?.forgetPrevious(now: now)
        checkOpening(now: now)
        checkLiveness(now: now)
        checkLosses(now: now)
        settle(now: now)
    }

    private mutating func checkOpening(now: Instant) {
        if isHandshaking, now >= context.handshakeDeadline {
            let heard = counters.statistics.packetsReceived > 0
            return abandon(.handshakeTimedOut(heardFromPeer: heard))
        }
        if let deadline = context.freshStartDeadline, now >= deadline { startAfresh(now: now) }
    }

    private mutating func checkLiveness(now: Instant) {
        guard !isHandshaking, lifecycle.isOpen else { return }
        switch liveness.check(now: now) {
        case .alive: break
        case .probe: session.probesPending = max(session.probesPending, 1)
        case .lost(let silence):
            let seconds = (silence + .milliseconds(500)).nanoseconds / 1_000_000_000
            abandon(.peerLost(silentSeconds: seconds))
        }
    }

    private mutating func checkLosses(now: Instant) {
        if let time = initial.lossTime, time <= now {
            recovery.onLossTimer(in: &initial, now: now)
            applyRecovery(isInitial: true, now: now)
        }
        if let time = session.lossTime, time <= now {
            recovery.onLossTimer(in: &session, now: now)
            applyRecovery(isInitial: false, now: now)
        }
        guard let deadline = probeDeadline, deadline <= now else { return }
        counters.statistics.probeTimeouts += 1
        let isInitialDue = initialProbeDeadline.map { $0 <= now } ?? false
        let isSessionDue = sessionProbeDeadline.map { $0 <= now } ?? false
        recovery.onProbeTimeout()
        congestion.onProbeTimeout()
        if isInitialDue { probeInitial() }
        if isSessionDue { probeSession(now: now) }
    }

    private mutating func probeInitial() {
        initial.probesPending = 1
        guard !handshake.initialCrypto.hasPiece, !handshake.isParametersPending else { return }
        requeueOldest(initial.sent, isInitial: true, count: 1)
    }

    // RFC 9002 §6.2.4: new data if there is some, else the oldest that is not acknowledged. A
    // second timeout goes back to the oldest, since a full receiver has room for nothing else.
    private mutating func probeSession(now: Instant) {
        session.probesPending = Limits.probePackets
        noteLargeLost(now: now)
        paths.repeatChallenge()
        let hasPiece = handshake.sessionCrypto.hasPiece || sendStream.hasPiece
        guard !hasPiece || recovery.probeCount > 1 else { return }
        requeueOldest(session.sent, isInitial: false, count: Limits.probePackets)
    }

    private mutating func requeueOldest(_ sent: SentPackets, isInitial: Bool, count: Int) {
        guard var number = sent.oldestAckEliciting() else { return }
        var left = count
        while left > 0, number < sent.nextNumber {
            if let packet = sent[number], packet.state == .outstanding, packet.isAckEliciting {
                requeue(packet, isInitial: isInitial)
                left -= 1
            }
            number += 1
        }
    }
}
