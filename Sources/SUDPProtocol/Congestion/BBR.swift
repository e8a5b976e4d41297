/// BBR version 3 (draft-ietf-ccwg-bbr), in bytes and bytes per nanosecond.
///
/// It differs from the draft: losses count as congestion only while the queue has grown or where
/// faster sending was seen to lose more, because its limit of 2 % gives up on paths that lose
/// packets at random, and not just after a probe. What a path loses otherwise is sent on top of the
/// bandwidth. A round trip near the smallest one puts the search for a smaller one off. And where
/// others keep a long queue full, it is not smaller than CUBIC would be.
struct BBR {
    enum Phase {
        case startup
        case drain
        case down
        case cruise
        case refill
        case up
        case probeRTT
    }

    /// The end of the search for the smallest round trip.
    struct RTTProbe {
        var end: Instant?
        var isRoundDone = false
        var priorWindow = 0
        /// Whether the flow starts again after it had nothing to send.
        var isRestart = false
    }

    /// The last round trip with losses.
    struct Recovery {
        var startTime: Instant?
        var congestionEvents: UInt64 = 0
        var boundsBefore = PathBounds()
        var phaseBefore = Phase.startup
    }

    var phase = Phase.startup
    var window: Int
    var pacingRate = 0.0
    var datagramSize: Int
    var bandwidths = MaximumFilter()
    var rounds = RoundCounter()
    var pipe = FullPipe()
    var bounds = PathBounds()
    var cycle: ProbeCycle
    var minimumRTT = MinimumRTT()
    var aggregation = AckAggregation()
    var background = BackgroundLoss()
    var probe = RTTProbe()
    var recovery = Recovery()
    var competition = Competition()

    init(datagramSize: Int, seed: UInt64) {
        self.datagramSize = datagramSize
        window = Limits.initialWindowPackets * datagramSize
        cycle = ProbeCycle(seed: seed)
    }

    /// Whether packets wait in the path.
    var isQueueGrown: Bool { competition.isQueueGrown }

    /// Whether losses mean congestion.
    var isLossCongestion: Bool { isQueueGrown || background.ofProbes.isFound }

    private var minimumWindow: Int { Limits.bbrMinimumWindowPackets * datagramSize }

    /// Keeps the window as so many packets of a smaller size, as so many bytes for a larger one.
    mutating func setDatagramSize(_ size: Int) {
        if size < datagramSize { window = window / datagramSize * size }
        datagramSize = size
        window = max(window, minimumWindow)
        competition.setDatagramSize(size)
    }

    // MARK: Model

    /// The bandwidth to use: the greatest of two probes, less what losses forbid.
    var bandwidth: Double { min(bandwidths.value, bounds.shortTermBandwidth) }

    /// What must be sent at `bandwidth` for so much to arrive.
    private func sent(_ bandwidth: Double) -> Double { bandwidth / (1 - background.share) }

    var isProbingBandwidth: Bool {
        switch phase {
        case .down, .cruise, .refill, .up: true
        case .startup, .drain, .probeRTT: false
        }
    }

    /// A multiple of what fills the path at `bandwidth`.
    func inFlight(gainPercent: Int, bandwidth: Double) -> Double {
        let roundTrip = competition.isOn ? competition.base : minimumRTT.value
        guard let roundTrip, bandwidth > 0 else {
            return Double(Limits.initialWindowPackets * datagramSize)
        }
        // A shorter round trip is noise of timers and schedulers.
        let time = Double(max(roundTrip, Limits.granularity).nanoseconds)
        return Double(gainPercent) / 100 * sent(bandwidth) * time
    }

    var inFlightWithHeadroom: Double {
        guard bounds.longTermInFlight.isFinite else { return .infinity }
        let room = bounds.longTermInFlight * Double(Limits.bbrHeadroomPercent) / 100
        return max(
            bounds.longTermInFlight - max(room, Double(datagramSize)), Double(minimumWindow))
    }

    var targetInFlight: Double {
        min(inFlight(gainPercent: 100, bandwidth: bandwidth), Double(window))
    }

    // MARK: Acknowledgements

    /// Takes an acknowledgement after its losses.
    mutating func onAck(_ summary: AckSummary) {
        let sample = summary.rate
        guard sample.newlyAcked > 0 else { return }
        updateSignals(summary)
        pipe.update(sample, isRoundStart: rounds.isStart)
        updatePhase(summary)
        updateMinimumRTT(summary)
        checkRTTProbe(summary)
        bounds.endUpdate(sample)
        setPacingRate(smoothedRTT: summary.smoothedRTT)
        setWindow(acked: sample.newlyAcked)
        if phase != .probeRTT, let cubic = competition.cubic {
            window = max(window, cubic.window)
            let rate = Pacer.rate(
                window: cubic.window, isInSlowStart: false, smoothedRTT: summary.smoothedRTT)
            pacingRate = max(pacingRate, rate)
        }
    }

    private mutating func updateSignals(_ summary: AckSummary) {
        let sample = summary.rate
        if summary.marked > 0, phase == .startup || !isOwnQueue {
            bounds.onLoss(
                summary.marked, isNewStretch: true, delivered: sample.totalDelivered)
        }
        if let minimum = minimumRTT.value {
            // The smoothed time is late to see that a queue is gone.
            let roundTrip = min(summary.smoothedRTT, summary.rttSample ?? summary.smoothedRTT)
            competition.noteQueue(roundTrip: roundTrip, minimum: minimum)
        }
        bounds.beginUpdate(sample)
        rounds.update(sample)
        if rounds.isStart { cycle.onRound() }
        if sample.rate >= bandwidths.value || !sample.isAppLimited { bandwidths.add(sample.rate) }
        if phase == .startup, losesMuch(sample) {
            pipe.declareReached()
            bounds.longTermInFlight = max(
                inFlight(gainPercent: 100, bandwidth: bandwidths.value), bounds.latestInFlight)
        }
        if bounds.adapt(
            maxBandwidth: bandwidths.value, window: window, usualLoss: background.usualShare,
            isProbing: isOwnQueue)
        {
            recovery.congestionEvents += 1
        }
        aggregation.update(
            acked: sample.newlyAcked, bandwidth: bandwidth, window: window,
            isFull: pipe.wasReached, round: rounds.count, now: summary.now)
        let isCalm = phase == .cruise || phase == .down
        background.update(
            acked: sample.newlyAcked, lost: isQueueGrown ? 0 : sample.newlyLost,
            isSteady: isCalm && cycle.roundsSinceProbe > Limits.bbrSettlingRounds
                && !(isQueueGrown && phase == .down),
            isRoundStart: rounds.isStart)
        if background.ofProbes.update(
            acked: sample.newlyAckedOfProbe, lost: isQueueGrown ? 0 : sample.newlyLostOfProbe,
            usualShare: background.usualShare, datagramSize: datagramSize,
            isRoundStart: rounds.isStart)
        {
            background.forget()
        }
    }

    private mutating func updateMinimumRTT(_ summary: AckSummary) {
        let earlier = minimumRTT.value
        competition.observe(
            summary.rttSample, isSearching: phase == .probeRTT && probe.end != nil,
            now: summary.now)
        minimumRTT.update(summary.rttSample, now: summary.now)
        guard let earlier, let minimum = minimumRTT.value, minimum > earlier else { return }
        bounds.lengthen(by: Double(minimum.nanoseconds) / Double(max(earlier.nanoseconds, 1)))
    }

    /// Whether the queue may be what a probe for bandwidth left: its losses say nothing new.
    private var isOwnQueue: Bool {
        switch phase {
        case .startup, .drain, .refill, .up: true
        case .down: cycle.roundsSinceProbe <= Limits.bbrSettlingRounds
        case .cruise, .probeRTT: false
        }
    }

    /// Whether a round of the start lost so much that the path must be full.
    private func losesMuch(_ sample: RateSample) -> Bool {
        guard bounds.isLossRoundStart, bounds.hasLoss,
            bounds.roundLosses >= Limits.bbrStartupLosses
        else { return false }
        return isTooMuch(
            lost: Double(bounds.roundLost), of: Double(bounds.roundLost) + bounds.latestInFlight)
    }

    private func isTooMuch(lost: Double, of sent: Double) -> Bool {
        lost > sent * Double(Limits.bbrLossThresholdPercent) / 100
    }

    func hasTooMuchInFlight(_ summary: AckSummary) -> Bool {
        let sample = summary.rate
        // What was sent before the probe says nothing against it.
        guard sample.isProbe else { return false }
        return summary.marked > 0
            || isLossCongestion
                && isTooMuch(lost: Double(sample.lost), of: Double(sample.sentInFlight))
    }

    // MARK: Sending

    /// A flow that had nothing to send starts again at the bandwidth it knows.
    mutating func onRestart(now: Instant) {
        probe.isRestart = true
        aggregation.restart(now: now)
        competition.onRestart(now: now)
        if isProbingBandwidth {
            pacingRate = sent(bandwidth)
        } else if phase == .probeRTT {
            endRTTProbe(now: now)
        }
    }

    private var pacingGainPercent: Int {
        switch phase {
        case .startup: Limits.bbrStartupGainPercent
        case .drain: Limits.bbrDrainGainPercent
        case .down: Limits.bbrDownGainPercent
        case .up: Limits.bbrUpGainPercent
        case .cruise, .refill, .probeRTT: 100
        }
    }

    private var windowGainPercent: Int {
        switch phase {
        case .up: Limits.bbrUpWindowGainPercent
        case .probeRTT: Limits.bbrProbeRTTGainPercent
        default: Limits.bbrWindowGainPercent
        }
    }

    mutating func setPacingRate(smoothedRTT: TimeSpan) {
        guard bandwidth > 0 else { return }
        let share = Double(100 - Limits.bbrPacingMarginPercent) / 100
        let rate = Double(pacingGainPercent) / 100 * sent(bandwidth) * share
        if pipe.wasReached || rate > pacingRate { pacingRate = rate }
    }

    private mutating func setWindow(acked: Int) {
        let quantum = PacingBurst(
            rate: pacingRate, datagramSize: datagramSize, roundTrip: minimumRTT.value ?? .zero
        ).quantum
        var most =
            inFlight(gainPercent: windowGainPercent, bandwidth: bandwidth) + aggregation.excess
        most = max(most, Double(Limits.bbrQuantaInFlight * quantum), Double(minimumWindow))
        if phase == .up { most += Double(2 * datagramSize) }
        let cap = Double(Limits.maximumWindowPackets * datagramSize)
        let target = Int(min(most, cap))
        if pipe.wasReached {
            window = min(window + acked, target)
        } else if window < target || isFresh {
            window = min(window + acked, Int(cap))
        }
        window = max(window, minimumWindow)
        boundWindow()
    }

    /// Whether no more was delivered than the initial window.
    private var isFresh: Bool {
        rounds.count < 2 && window < 2 * Limits.initialWindowPackets * datagramSize
    }

    private mutating func boundWindow() {
        var cap = Double.infinity
        switch phase {
        case .probeRTT:
            window = min(
                window,
                max(
                    Int(
                        inFlight(
                            gainPercent: Limits.bbrProbeRTTGainPercent, bandwidth: bandwidth)),
                    minimumWindow))
            cap = inFlightWithHeadroom
        case .cruise: cap = inFlightWithHeadroom
        case .down, .refill, .up: cap = bounds.longTermInFlight
        case .startup, .drain: break
        }
        cap = max(min(cap, bounds.shortTermInFlight), Double(minimumWindow))
        if cap < Double(window) { window = Int(cap) }
    }

    // MARK: Losses

    /// Begins a recovery with the first loss of a round trip; true when it did.
    mutating func beginRecovery(newestSentTime: Instant, now: Instant) -> Bool {
        competition.onLost(newestSentTime: newestSentTime, now: now)
        if let start = recovery.startTime, newestSentTime <= start { return false }
        recovery.startTime = now
        recovery.boundsBefore = bounds
        recovery.phaseBefore = phase
        return true
    }

    /// Takes a lost packet with the state in which it was sent.
    mutating func onLost(
        _ byteCount: Int, isNewStretch: Bool, snapshot: DeliveryRate.Snapshot?,
        delivered: UInt64, totalLost: UInt64, now: Instant
    ) {
        guard isLossCongestion else { return }
        if phase == .startup || !isOwnQueue {
            bounds.onLoss(byteCount, isNewStretch: isNewStretch, delivered: delivered)
        }
        guard cycle.hasProbeSamples, let snapshot, snapshot.isProbe else { return }
        let lost = Double(totalLost - min(snapshot.lost, totalLost))
        guard isTooMuch(lost: lost, of: Double(snapshot.inFlight)) else { return }
        // How much was in flight when the limit was crossed.
        let threshold = Double(Limits.bbrLossThresholdPercent) / 100
        let before = Double(snapshot.inFlight - byteCount)
        let prefix = (threshold * before - (lost - Double(byteCount))) / (1 - threshold)
        reduceInFlight(
            to: max(before + prefix, 0), isAppLimited: snapshot.isAppLimited,
            delivered: delivered, now: now)
    }

    /// So much in flight loses too much.
    mutating func reduceInFlight(
        to inFlight: Double, isAppLimited: Bool, isMarked: Bool = false, delivered: UInt64,
        now: Instant
    ) {
        cycle.hasProbeSamples = false
        recovery.congestionEvents += 1
        // A policer limits the rate, not what is in flight.
        if !isAppLimited, isQueueGrown || isMarked {
            bounds.longTermInFlight = max(inFlight, targetInFlight * PathBounds.reduction)
        }
        if phase == .up { startDown(delivered: delivered, now: now) }
    }

    /// Takes the last round's conclusions back because nothing was lost.
    mutating func undo(now: Instant) {
        competition.undo()
        guard recovery.startTime != nil else { return }
        recovery.startTime = nil
        bounds.undo(to: recovery.boundsBefore)
        guard phase != .probeRTT, phase != recovery.phaseBefore else { return }
        switch recovery.phaseBefore {
        case .startup:
            phase = .startup
            pipe = FullPipe()
        case .up: startUp(window: window, rate: bandwidth, now: now)
        case .drain, .down, .cruise, .refill, .probeRTT: break
        }
    }

    /// The path lost everything for long: what is sent again shows whether it is there.
    mutating func onPersistentCongestion() {
        window = minimumWindow
        recovery.startTime = nil
        competition.onPersistentCongestion()
    }
}
