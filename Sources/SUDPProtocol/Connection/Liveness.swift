/// Whether the peer is still there: keep-alives while it is silent, and when it counts as lost.
struct Liveness {
    enum Verdict: Equatable {
        case alive
        case probe
        case lost(silence: TimeSpan)
    }

    private let keepAliveInterval: TimeSpan
    private let deadPeerTimeout: TimeSpan
    private var lastHeard: Instant
    private var lastProbe: Instant

    /// A timer this late means that this process, not the peer, was asleep.
    private static let ownStall = TimeSpan.seconds(1)
    private static let graceAfterStall = TimeSpan.seconds(5)

    init(keepAliveInterval: TimeSpan, deadPeerTimeout: TimeSpan, now: Instant) {
        self.deadPeerTimeout = deadPeerTimeout
        // The peer gets the chance to answer more than one keep-alive.
        self.keepAliveInterval = min(keepAliveInterval, deadPeerTimeout / 3)
        lastHeard = now
        lastProbe = now
    }

    mutating func onHeard(now: Instant) {
        lastHeard = now
    }

    /// An ack-eliciting packet asks the peer just as well as a keep-alive.
    mutating func onAckElicitingSent(now: Instant) {
        lastProbe = now
    }

    private var lostDeadline: Instant { lastHeard + deadPeerTimeout }

    var deadline: Instant {
        min(max(lastHeard, lastProbe) + keepAliveInterval, lostDeadline)
    }

    mutating func check(now: Instant) -> Verdict {
        guard now >= deadline else { return .alive }
        guard now >= lostDeadline else {
            lastProbe = now
            return .probe
        }
        guard now - lostDeadline < Self.ownStall else {
            lastHeard = (now + Self.graceAfterStall).earlier(by: deadPeerTimeout)
            lastProbe = now
            return .probe
        }
        return .lost(silence: now - lastHeard)
    }
}
