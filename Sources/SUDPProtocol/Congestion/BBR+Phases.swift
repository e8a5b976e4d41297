extension BBR {
    /// Whether what is in flight is kept small to measure the round trip.
    var isProbingRTT: Bool { phase == .probeRTT }

    /// Moves through the phases (draft-ietf-ccwg-bbr §5.3).
    mutating func updatePhase(_ summary: AckSummary) {
        let sample = summary.rate
        let delivered = sample.totalDelivered
        if phase == .startup, pipe.wasReached {
            phase = .drain
            cycle.countRounds()
        }
        // Where others fill the queue, it does not drain.
        if phase == .drain,
            cycle.roundsSinceProbe > Limits.bbrDrainRounds
                || Double(summary.bytesInFlight)
                    <= inFlight(gainPercent: 100, bandwidth: bandwidth)
        {
            startDown(delivered: delivered, now: summary.now)
        }
        guard pipe.wasReached else { return }
        adaptLongTermModel(summary)
        switch phase {
        case .down, .cruise:
            let isUrgent = background.ofProbes.isUrgent(usualShare: background.usualShare)
            if cycle.isDue(
                inFlightPackets: Int(targetInFlight) / datagramSize, isUrgent: isUrgent,
                now: summary.now)
            {
                startRefill(delivered: delivered)
            } else if phase == .down, hasDrained(summary) {
                phase = .cruise
                // The queue that lost packets was the probe's own.
                if competition.isQueueGone { bounds.forgetShortTerm() }
            }
        case .refill:
            if rounds.isStart { startUp(window: window, rate: sample.rate, now: summary.now) }
        case .up:
            if isProbeOver(summary) { startDown(delivered: delivered, now: summary.now) }
        case .startup, .drain, .probeRTT: break
        }
    }

    private func hasDrained(_ summary: AckSummary) -> Bool {
        let inFlightNow = Double(summary.bytesInFlight)
        return inFlightNow <= inFlightWithHeadroom
            && inFlightNow <= inFlight(gainPercent: 100, bandwidth: bandwidths.value)
    }

    private mutating func isProbeOver(_ summary: AckSummary) -> Bool {
        if isBoundInFlight(summary) {
            // The bound, not the path, kept the rate from growing.
            pipe.begin(rate: summary.rate.rate)
            return false
        }
        return pipe.isReached
    }

    /// Whether the long-term bound is what limits the bytes in flight.
    private func isBoundInFlight(_ summary: AckSummary) -> Bool {
        summary.isWindowLimited && Double(window + 1) > bounds.longTermInFlight
    }

    /// Learns from a probe how much may be in flight.
    private mutating func adaptLongTermModel(_ summary: AckSummary) {
        let sample = summary.rate
        if rounds.isStart {
            switch cycle.feedback {
            case .probeStarting: cycle.feedback = .probeFeedback
            case .probeStopping:
                cycle.feedback = .none
                cycle.hasProbeSamples = false
                if isProbingBandwidth, !sample.isAppLimited { bandwidths.advance() }
            case .none, .probeFeedback, .refilling: break
            }
        }
        guard !hasTooMuchInFlight(summary) else {
            guard cycle.hasProbeSamples else { return }
            return reduceInFlight(
                to: Double(sample.sentInFlight), isAppLimited: sample.isAppLimited,
                isMarked: summary.marked > 0, delivered: sample.totalDelivered, now: summary.now)
        }
        guard bounds.longTermInFlight.isFinite else { return }
        bounds.longTermInFlight = max(bounds.longTermInFlight, Double(sample.sentInFlight))
        guard phase == .up, isBoundInFlight(summary) else { return }
        bounds.longTermInFlight += Double(
            cycle.raise(
                acked: sample.newlyAcked, window: window, datagramSize: datagramSize,
                isRoundStart: rounds.isStart))
    }

    // MARK: Bandwidth

    mutating func startDown(delivered: UInt64, now: Instant) {
        phase = .down
        bounds.forgetSignals()
        cycle.schedule(now: now)
        cycle.feedback = .probeStopping
        rounds.begin(delivered: delivered)
    }

    private mutating func startRefill(delivered: UInt64) {
        phase = .refill
        bounds.forgetShortTerm()
        background.ofProbes.onProbe(datagramSize: datagramSize)
        cycle.feedback = .refilling
        rounds.begin(delivered: delivered)
    }

    mutating func startUp(window: Int, rate: Double, now: Instant) {
        phase = .up
        cycle.hasProbeSamples = true
        cycle.feedback = .probeStarting
        pipe.begin(rate: rate)
        cycle.beginRaise(window: window, datagramSize: datagramSize)
    }

    // MARK: Round trip

    mutating func checkRTTProbe(_ summary: AckSummary) {
        let delivered = summary.rate.totalDelivered
        let isDue =
            isProbingBandwidth && competition.isSearchDue(now: summary.now)
            || !competition.isOn && minimumRTT.isProbeDue
        if phase != .probeRTT, isDue, !probe.isRestart {
            probe.priorWindow = max(probe.priorWindow, window)
            let present = max(summary.rate.rate, bounds.latestBandwidth)
            // What was measured while others paused would be kept for ever.
            if competition.isQueueLong, pipe.wasReached, !summary.rate.isAppLimited, present > 0 {
                bandwidths.lower(to: present)
            }
            phase = .probeRTT
            probe.end = nil
            cycle.feedback = .probeStopping
            rounds.begin(delivered: delivered)
        } else if phase == .probeRTT {
            holdRTTProbe(summary)
        }
        probe.isRestart = false
    }

    private mutating func holdRTTProbe(_ summary: AckSummary) {
        guard let end = probe.end else {
            let most = inFlight(
                gainPercent: Limits.bbrProbeRTTGainPercent, bandwidth: bandwidth)
            let least = Double(Limits.bbrMinimumWindowPackets * datagramSize)
            guard Double(summary.bytesInFlight) <= max(most, least) else { return }
            probe.end = summary.now + Limits.bbrProbeRTTDuration
            probe.isRoundDone = false
            return rounds.begin(delivered: summary.rate.totalDelivered)
        }
        if rounds.isStart { probe.isRoundDone = true }
        guard probe.isRoundDone, summary.now > end else { return }
        endRTTProbe(now: summary.now)
        rounds.begin(delivered: summary.rate.totalDelivered)
    }

    mutating func endRTTProbe(now: Instant) {
        guard let end = probe.end, now > end else { return }
        minimumRTT.onProbed(now: now)
        window = max(window, probe.priorWindow)
        competition.conclude(
            window: window, bandwidth: bandwidth, datagramSize: datagramSize, now: now)
        probe.priorWindow = 0
        bounds.forgetShortTerm()
        guard pipe.wasReached else {
            phase = .startup
            return
        }
        cycle.schedule(now: now)
        phase = .cruise
    }
}
