/// When BBR looks for more bandwidth, and how fast it then raises what may be in flight
/// (draft-ietf-ccwg-bbr §5.3.3).
struct ProbeCycle {
    /// What the acknowledgements that come now belong to.
    enum Feedback {
        case none
        case probeStarting
        case probeFeedback
        case probeStopping
        case refilling
    }

    var feedback = Feedback.none
    /// Whether packets of the probe are among those that are settled.
    var hasProbeSamples = false
    private(set) var roundsSinceProbe: UInt64 = 0
    private var start = Instant(nanoseconds: 0)
    private var wait = TimeSpan.zero
    private var raiseRounds = 0
    private var raiseStep = Int.max
    private var raiseAcked = 0
    private var random: UInt64

    init(seed: UInt64) {
        random = seed
    }

    // SplitMix64
    private mutating func nextRandom() -> UInt64 {
        random &+= 0x9e37_79b9_7f4a_7c15
        var value = random
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }

    mutating func onRound() {
        roundsSinceProbe += 1
    }

    /// Counts the rounds from now on.
    mutating func countRounds() {
        roundsSinceProbe = 0
    }

    /// Picks the time of the next probe.
    mutating func schedule(now: Instant) {
        roundsSinceProbe = nextRandom() % 2
        let spread = nextRandom() % Limits.bbrProbeWaitSpread.nanoseconds
        wait = Limits.bbrProbeWaitMinimum + TimeSpan(nanoseconds: spread)
        start = now
    }

    /// Whether it is time for a probe: after the wait, or when Reno would have grown by as much.
    func isDue(inFlightPackets: Int, isUrgent: Bool, now: Instant) -> Bool {
        now - start > wait || isUrgent && roundsSinceProbe >= Limits.bbrUrgentProbeRounds
            || roundsSinceProbe
                >= min(
                    UInt64(max(inFlightPackets, 1)), Limits.bbrProbeRoundsMaximum)
    }

    mutating func beginRaise(window: Int, datagramSize: Int) {
        raiseRounds = 0
        raiseAcked = 0
        steepen(window: window, datagramSize: datagramSize)
    }

    private mutating func steepen(window: Int, datagramSize: Int) {
        let growth = datagramSize << raiseRounds
        raiseRounds = min(raiseRounds + 1, 30)
        raiseStep = max(window / growth, 1)
    }

    /// How many bytes more may be in flight: a packet per round at first, doubling every round.
    mutating func raise(
        acked: Int, window: Int, datagramSize: Int, isRoundStart: Bool
    ) -> Int {
        raiseAcked += acked
        var raised = 0
        if raiseAcked >= raiseStep {
            raised = raiseAcked / raiseStep
            raiseAcked -= raised * raiseStep
        }
        if isRoundStart { steepen(window: window, datagramSize: datagramSize) }
        return raised
    }
}
