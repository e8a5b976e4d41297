/// The window, how much of it is used, the rate of delivery, and pacing.
struct CongestionState {
    private(set) var algorithm: CongestionAlgorithm {
        didSet { (window, isProbing) = (algorithm.window, algorithm.isProbing) }
    }
    /// The algorithm's, at hand for every packet without a copy of the algorithm.
    private(set) var window: Int
    private var isProbing: Bool
    private(set) var usage = WindowUsage()
    private(set) var delivery = DeliveryRate()
    private var pacer = Pacer()
    private var episode = LossEpisode()
    private var ecn = ECNValidation()
    /// A recovery began and nothing was sent since.
    private var isFastRetransmitDue = false
    private var ackFrame: (largest: UInt64, counts: ECNCounts?)?
    private(set) var datagramSize: Int
    /// What was sent earlier went through another network.
    private let start: Instant
    /// When pacing lets the next datagram go; nil when it holds nothing back.
    var pacedUntil: Instant?

    /// `seed` decides what the algorithm leaves to chance; `former` was the path's before.
    init(
        _ control: CongestionControl, datagramSize: Int, seed: UInt64 = 0,
        since start: Instant = Instant(nanoseconds: 0), after former: CongestionState? = nil
    ) {
        if let former {
            ecn = former.ecn
            ecn.restart()
        }
        self.datagramSize = datagramSize
        self.start = start
        algorithm = CongestionAlgorithm(control, datagramSize: datagramSize, seed: seed)
        (window, isProbing) = (algorithm.window, algorithm.isProbing)
    }

    /// Counts in datagrams of this size from now on.
    mutating func setDatagramSize(_ size: Int) {
        datagramSize = max(size, Limits.minimumDatagramSize)
        algorithm.setDatagramSize(datagramSize)
    }

    mutating func gate(
        wanted: Int, bytesInFlight: Int, amplificationAllowance: Int, probes: Int,
        rtt: RTTEstimator,
        now: Instant
    ) -> TransmitGate {
        let rate = algorithm.pacingRate(smoothedRTT: rtt.smoothedRTT)
        let burst = PacingBurst(
            rate: rate, datagramSize: datagramSize, roundTrip: rtt.hasSample ? rtt.minRTT : .zero)
        let allowance = pacer.allowance(rate: rate, burst: burst, now: now)
        let quantum = min(burst.quantum, max(wanted, datagramSize))
        // RFC 9002 §7.3.2: one packet goes before the reduction; the peer waits for the lost one.
        let fastRetransmit = isFastRetransmitDue ? bytesInFlight + datagramSize : 0
        return TransmitGate(
            window: max(window, fastRetransmit), bytesInFlight: bytesInFlight,
            amplificationAllowance: amplificationAllowance, pacingAllowance: allowance,
            quantum: pacer.threshold(quantum: quantum, datagramSize: datagramSize),
            pacedUntil: pacer.nextSendTime(bytes: quantum, rate: rate),
            probes: probes)
    }

    // MARK: Sending

    /// The application leaves a part of the window unused.
    mutating func onNothingToSend(bytesInFlight: Int) {
        guard window - bytesInFlight >= datagramSize else { return }
        delivery.markAppLimited(bytesInFlight: bytesInFlight)
    }

    /// The ECN bits of the next packets.
    var codepoint: ECNCodepoint { ecn.codepoint }

    /// Whether the path carries the bits, and the packets that arrived with a mark.
    var ecnSupport: ECNSupport { ecn.support }
    var ecnMarks: UInt64 { ecn.marks }

    /// Notes packets that went with the present ECN bits.
    mutating func onSentCapable(_ packets: Int) {
        ecn.onSent(packets)
    }

    mutating func onProbeTimeout() {
        ecn.onProbeTimeout()
    }

    /// Notes a packet that asks for an acknowledgement; returns what its record refers to.
    ///
    /// `carriesCodepoint` tells whether it goes with the present ECN bits.
    mutating func onSent(
        _ bytes: Int, inFlightBefore: Int, carriesCodepoint: Bool = true, now: Instant
    ) -> UInt64 {
        if inFlightBefore == 0 {
            algorithm.onRestart(isAppLimited: delivery.isAppLimited, now: now)
        }
        isFastRetransmitDue = false
        pacer.onSent(bytes)
        usage.onSent(
            bytesInFlight: inFlightBefore + bytes, window: window, datagramSize: datagramSize)
        return delivery.onSent(
            bytes, inFlightBefore: inFlightBefore, isProbe: isProbing,
            isCapable: carriesCodepoint && codepoint == .ect0, now: now)
    }

    // MARK: Outcomes

    private func counts(_ packet: SentPacket) -> Bool {
        packet.isAckEliciting && packet.sentTime >= start
            && !packet.control.contains(.pathMTUProbe)
    }

    /// Takes the packets that an acknowledgement settled.
    mutating func onAcked(_ packets: [SentPacket], smoothedRTT: TimeSpan, now: Instant) {
        let start = start
        let counted = packets.lazy.filter { $0.isAckEliciting && $0.sentTime >= start }
        delivery.onAcked(counted, now: now)
        algorithm.onAcked(counted, usage: usage, smoothedRTT: smoothedRTT, now: now)
    }

    mutating func onAckFrame(largest: UInt64, counts: ECNCounts?, nextNumber: UInt64) {
        ackFrame = (largest, counts)
        usage.onAcked(largest: largest, nextNumber: nextNumber)
    }

    /// Draws the conclusions from an acknowledgement whose packets and losses were told.
    mutating func onAckEnd(
        rtt: RTTEstimator, rttSample: TimeSpan?, bytesInFlight: Int, now: Instant
    ) {
        var summary = AckSummary(
            rate: delivery.takeSample(minRTT: rtt.minRTT), rttSample: rttSample,
            smoothedRTT: rtt.smoothedRTT, bytesInFlight: bytesInFlight,
            isWindowLimited: usage.isWindowLimited, now: now)
        summary.marked = takeMarks(newlyAcked: summary.rate.newlyAckedCapable, now: now)
        algorithm.onAck(summary)
        if algorithm.holdsBack { delivery.markAppLimited(bytesInFlight: bytesInFlight) }
    }

    /// The bytes of packets that newly arrived with a mark, which counts as their loss.
    private mutating func takeMarks(newlyAcked: Int, now: Instant) -> Int {
        guard let (largest, counts) = ackFrame else { return 0 }
        ackFrame = nil
        let marks = ecn.onAck(counts, newlyAcked: newlyAcked, largest: largest)
        guard marks > 0 else { return 0 }
        // Nothing undoes what a mark began.
        if algorithm.onMarked(newestSentTime: delivery.newestSentTime, now: now) {
            episode = LossEpisode()
        }
        return Int(clamping: marks) * datagramSize
    }

    /// Takes lost packets with their numbers; true when they began a recovery.
    mutating func onLost(
        _ lost: [SentPacket], numbers: [UInt64], isInitial: Bool, isPersistent: Bool, now: Instant
    ) -> Bool {
        for packet in lost where packet.sentTime >= start && !counts(packet) {
            delivery.forget(packet)
        }
        guard let newest = lost.last(where: counts) else { return false }
        let began = algorithm.onLost(newestSentTime: newest.sentTime, now: now)
        if began { (episode, isFastRetransmitDue) = (LossEpisode(), true) }
        var last: UInt64?
        for (packet, number) in zip(lost, numbers) where counts(packet) {
            episode.add(number, isInitial: isInitial)
            note(packet, isNewStretch: last.map { $0 + 1 != number } ?? true, now: now)
            last = number
        }
        if isPersistent {
            algorithm.onPersistentCongestion()
            episode = LossEpisode()
        }
        return began
    }

    private mutating func note(_ packet: SentPacket, isNewStretch: Bool, now: Instant) {
        let snapshot = delivery.onLost(packet)
        guard case .bbr(var bbr) = algorithm else { return }
        bbr.onLost(
            Int(packet.byteCount), isNewStretch: isNewStretch, snapshot: snapshot,
            delivered: delivery.delivered, totalLost: delivery.lost, now: now)
        algorithm = .bbr(bbr)
    }

    /// Undoes the last reduction once every packet that it was for has arrived.
    mutating func onSpuriouslyLost(_ numbers: [UInt64], isInitial: Bool, now: Instant) {
        if episode.remove(numbers, isInitial: isInitial) { algorithm.undo(now: now) }
    }
}
