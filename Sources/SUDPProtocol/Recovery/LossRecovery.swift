/// Finds out which packets arrived and which were lost (RFC 9002 §6, RFC 8985), and when to probe.
///
/// `acked` and `lost` hold the packets of the last call, for their frames' owners.
struct LossRecovery {
    private(set) var rtt = RTTEstimator()
    private(set) var reordering = ReorderingWindow()
    private(set) var probeCount: UInt64 = 0
    var peerMaxAckDelay = Limits.maxAckDelay
    private(set) var acked: [SentPacket] = []
    private(set) var lost: [SentPacket] = []
    /// The numbers of `lost`.
    private(set) var lostNumbers: [UInt64] = []
    /// The numbers of packets declared lost earlier that the last call found acknowledged.
    private(set) var spuriouslyLost: [UInt64] = []
    private(set) var isPersistentlyCongested = false
    /// The round-trip time that the last call measured, if it did.
    private(set) var rttSample: TimeSpan?
    private var newlyAcked: [UInt64] = []
    /// What was sent earlier measured another network.
    private var networkStart = Instant(nanoseconds: 0)

    /// Takes an ACK frame; false when it acknowledges what was never sent.
    ///
    /// `provesProgress` tells whether it ends the back-off of probes.
    mutating func onAck(
        _ frame: AckFrame, in space: inout PacketSpace, provesProgress: Bool, now: Instant
    ) -> Bool {
        clear()
        guard frame.largest.value < space.sent.nextNumber else { return false }
        let largest = space.sent[frame.largest.value]
        let isLargestNew = largest?.state == .outstanding || largest?.state == .lost
        var isHonest = true
        frame.forEachRange { range in
            if space.skipped.contains(where: range.contains) { isHonest = false }
            for part in space.sent.unsettled(in: range).reversed() {
                for number in part.reversed() where !acknowledge(number, in: &space) {
                    isHonest = false
                    return
                }
            }
            space.sent.settle(range)
        }
        guard isHonest else { return false }
        guard !acked.isEmpty else { return true }
        if isLargestNew, let largest, largest.sentTime >= networkStart,
            acked.contains(where: \.isAckEliciting)
        {
            let delay = TimeSpan.microseconds(frame.delayMicroseconds)
            rtt.update(now - largest.sentTime, ackDelay: min(delay, peerMaxAckDelay), now: now)
            rttSample = rtt.latestRTT
        }
        if provesProgress, acked.contains(where: \.isAckEliciting) { probeCount = 0 }
        detectLosses(in: &space, now: now)
        return true
    }

    /// Call before a packet whose acknowledgements are of interest.
    mutating func forgetLastAck() {
        clear()
    }

    private mutating func clear() {
        acked.removeAll(keepingCapacity: true)
        lost.removeAll(keepingCapacity: true)
        lostNumbers.removeAll(keepingCapacity: true)
        spuriouslyLost.removeAll(keepingCapacity: true)
        isPersistentlyCongested = false
        rttSample = nil
    }

    private mutating func acknowledge(_ number: UInt64, in space: inout PacketSpace) -> Bool {
        guard let packet = space.sent[number] else { return true }
        switch packet.state {
        case .acknowledged: return true
        case .skipped: return false
        case .lost:
            spuriouslyLost.append(number)
            reordering.onSpuriousLoss(acked: number, nextNumber: space.sent.nextNumber)
        case .outstanding:
            if let largest = space.largestAcked, number < largest { reordering.onReordering() }
        }
        _ = space.sent.mark(number, .acknowledged)
        acked.append(packet)
        newlyAcked.append(number)
        return true
    }

    /// Declares losses by packet threshold and time, and arms the space's loss timer.
    mutating func onLossTimer(in space: inout PacketSpace, now: Instant) {
        clear()
        detectLosses(in: &space, now: now)
    }

    private mutating func detectLosses(in space: inout PacketSpace, now: Instant) {
        for number in newlyAcked { space.noteAcked(number) }
        newlyAcked.removeAll(keepingCapacity: true)
        space.lossTime = nil
        guard let largestAcked = space.largestAcked else { return }
        let threshold = reordering.hasSeenReordering ? 0 : space.packetThresholdNumber ?? 0
        // RFC 8985 §6.2: the round trip that was just seen, and the reordering window on top.
        let lossDelay = max(rtt.latestRTT, rtt.smoothedRTT) + reordering.length(rtt)
        var number = space.sent.firstOutstanding
        while number < largestAcked {
            defer { number += 1 }
            guard let packet = space.sent[number], packet.state == .outstanding else { continue }
            let lossTime = packet.sentTime + lossDelay
            guard number < threshold || lossTime <= now else {
                space.lossTime = lossTime
                break
            }
            _ = space.sent.mark(number, .lost)
            lost.append(packet)
            lostNumbers.append(number)
        }
        isPersistentlyCongested = spansPersistentCongestion()
        space.sent.forgetSettled(before: now.earlier(by: rtt.smoothedRTT * 4 + .milliseconds(100)))
    }

    // RFC 9002 §7.6.2: two ack-eliciting packets lost, nothing between them acknowledged.
    private func spansPersistentCongestion() -> Bool {
        guard let firstSample = rtt.firstSample else { return false }
        let eliciting = lost.lazy.filter {
            $0.isAckEliciting && $0.sentTime > firstSample && !$0.control.contains(.pathMTUProbe)
        }
        guard let oldest = eliciting.map(\.sentTime).min(),
            let newest = eliciting.map(\.sentTime).max()
        else { return false }
        let span =
            rtt.probeTimeout(maxAckDelay: peerMaxAckDelay)
            * Limits.persistentCongestionThreshold
        return newest - oldest >= span
            && !acked.contains { $0.sentTime > oldest && $0.sentTime < newest }
    }

    mutating func onPersistentCongestion() {
        rtt.resetMinimum()
    }

    mutating func onNewNetwork(now: Instant) {
        networkStart = now
        rtt = RTTEstimator()
        reordering = ReorderingWindow()
        resetProbes()
    }

    mutating func onRecoveryStarted() {
        reordering.onRecoveryStarted()
    }

    mutating func onProbeTimeout() {
        probeCount += 1
    }

    /// A new path or fresh keys: probes start without back-off.
    mutating func resetProbes() {
        probeCount = 0
    }

    /// How long after the last ack-eliciting packet a probe is due (RFC 9002 §6.2.1); the back-off
    /// ends at a limit so that a stream goes on soon after an outage.
    func probeTimeout(isInitial: Bool) -> TimeSpan {
        let base = rtt.probeTimeout(maxAckDelay: isInitial ? .zero : peerMaxAckDelay)
        let backedOff = base * (1 << min(probeCount, 16))
        return min(backedOff, max(base, Limits.probeTimeoutMaximum))
    }
}
