/// The window, how much of it is used, and its pacing.
struct CongestionState {
    private(set) var algorithm: NewReno
    private(set) var usage = WindowUsage()
    private var pacer = Pacer()
    private var episode = LossEpisode()
    private(set) var datagramSize: Int
    /// What was sent earlier went through another network.
    private let start: Instant
    /// When pacing lets the next datagram go; nil when it holds nothing back.
    var pacedUntil: Instant?

    init(datagramSize: Int, since start: Instant = Instant(nanoseconds: 0)) {
        self.datagramSize = datagramSize
        self.start = start
        algorithm = NewReno(datagramSize: datagramSize)
    }

    /// Counts in datagrams of this size from now on.
    mutating func setDatagramSize(_ size: Int) {
        datagramSize = max(size, Limits.minimumDatagramSize)
        algorithm.setDatagramSize(datagramSize)
    }

    var window: Int { algorithm.window }

    private func rate(_ rtt: RTTEstimator) -> Double {
        Pacer.rate(
            window: window, isInSlowStart: algorithm.isInSlowStart, smoothedRTT: rtt.smoothedRTT)
    }

    mutating func gate(
        wanted: Int, bytesInFlight: Int, amplificationAllowance: Int, probes: Int,
        rtt: RTTEstimator,
        now: Instant
    ) -> TransmitGate {
        let rate = rate(rtt)
        let allowance = pacer.allowance(rate: rate, datagramSize: datagramSize, now: now)
        let quantum = min(
            Pacer.quantum(rate: rate, datagramSize: datagramSize), max(wanted, datagramSize))
        return TransmitGate(
            window: window, bytesInFlight: bytesInFlight,
            amplificationAllowance: amplificationAllowance, pacingAllowance: allowance,
            quantum: pacer.threshold(quantum: quantum, datagramSize: datagramSize),
            pacedUntil: pacer.nextSendTime(bytes: quantum, rate: rate),
            probes: probes)
    }

    mutating func onSent(_ bytes: Int, bytesInFlight: Int) {
        pacer.onSent(bytes)
        usage.onSent(bytesInFlight: bytesInFlight, window: window, datagramSize: datagramSize)
    }

    private func counts(_ packet: SentPacket) -> Bool {
        packet.isAckEliciting && packet.sentTime >= start
            && !packet.control.contains(.pathMTUProbe)
    }

    mutating func onAcked(_ packet: SentPacket) {
        guard counts(packet) else { return }
        algorithm.onAcked(Int(packet.byteCount), sentTime: packet.sentTime, usage: usage)
    }

    mutating func onAckFrame(largest: UInt64, nextNumber: UInt64) {
        usage.onAcked(largest: largest, nextNumber: nextNumber)
    }

    /// Takes lost packets with their numbers; true when they began a recovery.
    mutating func onLost(
        _ lost: [SentPacket], numbers: [UInt64], isInitial: Bool, isPersistent: Bool, now: Instant
    ) -> Bool {
        guard let newest = lost.last(where: counts) else { return false }
        let began = algorithm.onLost(newestSentTime: newest.sentTime, now: now)
        if began { episode = LossEpisode() }
        for (packet, number) in zip(lost, numbers) where counts(packet) {
            episode.add(number, isInitial: isInitial)
        }
        if isPersistent {
            algorithm.onPersistentCongestion()
            episode = LossEpisode()
        }
        return began
    }

    /// Undoes the last reduction once every packet that it was for has arrived.
    mutating func onSpuriouslyLost(_ numbers: [UInt64], isInitial: Bool) {
        if episode.remove(numbers, isInitial: isInitial) { algorithm.undo() }
    }
}
