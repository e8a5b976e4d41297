/// One packet number space: what was sent in it, what arrived in it, and its loss timer.
struct PacketSpace {
    var sent = SentPackets()
    var acks = AckScheduler()
    private(set) var largestAcked: UInt64?
    /// The highest acknowledged numbers, highest first: the packet threshold looks at the last one.
    private(set) var newestAcked: [UInt64] = []
    var lossTime: Instant?
    /// Ack-eliciting packets to send whatever the congestion window says.
    var probesPending = 0
    /// The next packet number to skip.
    private var nextSkip: UInt64?
    /// The last numbers that no packet has: more than a window can hold.
    private(set) var skipped: [UInt64] = []
    private(set) var lastAckElicitingTime: Instant?
    private(set) var nonElicitingInARow = 0

    /// Whether another packet may be sent although the peer acknowledges nothing: probes always.
    var mayRemember: Bool { !sent.isFull || probesPending > 0 }

    var packetThresholdNumber: UInt64? {
        newestAcked.count == Limits.packetThreshold ? newestAcked.last : nil
    }

    mutating func onSent(_ packet: SentPacket) {
        sent.append(packet)
        guard packet.isAckEliciting else {
            nonElicitingInARow += 1
            return
        }
        nonElicitingInARow = 0
        lastAckElicitingTime = packet.sentTime
    }

    mutating func noteAcked(_ number: UInt64) {
        largestAcked = max(largestAcked ?? 0, number)
        if newestAcked.count == Limits.packetThreshold, let last = newestAcked.last, number < last {
            return
        }
        let index = newestAcked.firstIndex { $0 < number } ?? newestAcked.count
        newestAcked.insert(number, at: index)
        if newestAcked.count > Limits.packetThreshold { newestAcked.removeLast() }
    }

    /// Skips a number now and then: whoever acknowledges it did not see the packets
    /// (RFC 9000 §21.4).
    mutating func skipNumber(random: UInt64, windowPackets: Int, now: Instant) {
        let span = min(
            max(UInt64(windowPackets), Limits.skipSpanMinimum), Limits.skipSpanMaximum)
        guard let next = nextSkip, sent.nextNumber >= next else {
            if nextSkip == nil { nextSkip = sent.nextNumber + span / 2 + random % (span * 3 / 2) }
            return
        }
        var gap = SentPacket()
        gap.state = .skipped
        gap.sentTime = now
        if skipped.count == Limits.skipsRemembered { skipped.removeFirst() }
        skipped.append(sent.nextNumber)
        sent.append(gap)
        nextSkip = sent.nextNumber + span / 2 + random % (span * 3 / 2)
    }

    var isSkipDue: Bool { nextSkip.map { sent.nextNumber >= $0 } ?? true }
}
