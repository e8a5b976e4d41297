internal import DequeModule

/// Measures how fast the path delivers (draft-ietf-ccwg-bbr §4.1).
///
/// Every sent packet remembers what had been delivered by then; packets that were sent at one
/// moment share that memory.
struct DeliveryRate {
    /// The state of delivery when packets were sent.
    struct Snapshot {
        var delivered: UInt64
        var lost: UInt64
        var deliveredTime: Instant
        var firstSentTime: Instant
        /// Bytes in flight after the last of the packets.
        var inFlight: Int
        /// The packets that are neither acknowledged nor lost.
        var packetCount: Int32 = 0
        var isAppLimited: Bool
        /// Whether they were sent faster than the path is known to deliver.
        var isProbe: Bool
        /// Whether they carry ECN bits.
        var isCapable: Bool

        mutating func add(inFlight: Int) {
            self.inFlight = inFlight
            packetCount &+= 1
        }
    }

    /// Packets of one snapshot that are settled together.
    private struct Run {
        let number: UInt64
        let sentTime: Instant
        var packetCount: Int32 = 0
        var byteCount = 0

        init(_ packet: SentPacket) {
            (number, sentTime) = (packet.snapshot, packet.sentTime)
            add(packet)
        }

        mutating func add(_ packet: SentPacket) {
            packetCount += 1
            byteCount += Int(packet.byteCount)
        }
    }

    /// Bytes that arrived, and that were declared lost.
    private(set) var delivered: UInt64 = 0
    private(set) var lost: UInt64 = 0
    private var deliveredTime = Instant(nanoseconds: 0)
    private var firstSentTime = Instant(nanoseconds: 0)
    /// What the newest snapshot was taken at.
    private var lastSentTime = Instant(nanoseconds: 0)
    private var lastDelivered: UInt64 = 0
    private var lastIsLimited = false
    /// Until so much is delivered samples are the application's doing; 0 when they are not.
    private var appLimitedUntil: UInt64 = 0
    private var snapshots: Deque<Snapshot> = []
    /// The number of the oldest snapshot; 0 stands for none.
    private var firstNumber: UInt64 = 1
    private var sample = RateSample()
    private(set) var newestSentTime = Instant(nanoseconds: 0)
    private var newest: Snapshot?

    var isAppLimited: Bool { appLimitedUntil > 0 }

    /// The sender has nothing to send although the window would let it.
    mutating func markAppLimited(bytesInFlight: Int) {
        appLimitedUntil = max(delivered + UInt64(max(bytesInFlight, 0)), 1)
    }

    /// Notes a packet; returns the number of its snapshot.
    mutating func onSent(
        _ bytes: Int, inFlightBefore: Int, isProbe: Bool = false, isCapable: Bool = false,
        now: Instant
    ) -> UInt64 {
        if inFlightBefore == 0 { (firstSentTime, deliveredTime) = (now, now) }
        let isShared =
            lastSentTime == now && lastDelivered == delivered && lastIsLimited == isAppLimited
            && snapshots.last?.isCapable == isCapable
        if !isShared || snapshots.isEmpty {
            (lastSentTime, lastDelivered, lastIsLimited) = (now, delivered, isAppLimited)
            snapshots.append(
                Snapshot(
                    delivered: delivered, lost: lost, deliveredTime: deliveredTime,
                    firstSentTime: firstSentTime, inFlight: 0, isAppLimited: isAppLimited,
                    isProbe: isProbe, isCapable: isCapable))
        }
        let last = snapshots.count - 1
        snapshots[last].add(inFlight: inFlightBefore + bytes)
        return firstNumber + UInt64(last)
    }

    /// The snapshot of so many packets that are settled now.
    private mutating func release(_ number: UInt64, packets: Int32) -> Snapshot? {
        guard number >= firstNumber, number < firstNumber + UInt64(snapshots.count) else {
            return nil
        }
        let index = Int(number - firstNumber)
        guard snapshots[index].packetCount >= packets else { return nil }
        let snapshot = snapshots[index]
        snapshots[index].packetCount -= packets
        while snapshots.count > 1, snapshots[0].packetCount == 0 {
            snapshots.removeFirst()
            firstNumber += 1
        }
        return snapshot
    }

    /// Notes the arrival of packets.
    mutating func onAcked(_ packets: some Sequence<SentPacket>, now: Instant) {
        var run: Run?
        for packet in packets {
            delivered += UInt64(packet.byteCount)
            sample.newlyAcked += Int(packet.byteCount)
            if let last = run, last.number == packet.snapshot {
                run?.add(packet)
                continue
            }
            if let run { settle(run) }
            run = Run(packet)
        }
        guard let run else { return }
        settle(run)
        deliveredTime = now
    }

    private mutating func settle(_ run: Run) {
        guard let snapshot = release(run.number, packets: run.packetCount) else { return }
        if snapshot.isProbe { sample.newlyAckedOfProbe += run.byteCount }
        if snapshot.isCapable { sample.newlyAckedCapable += Int(run.packetCount) }
        guard run.sentTime >= newestSentTime else { return }
        newest = snapshot
        newestSentTime = run.sentTime
    }

    /// Notes the loss of a packet; returns its snapshot.
    mutating func onLost(_ packet: SentPacket) -> Snapshot? {
        lost += UInt64(packet.byteCount)
        sample.newlyLost += Int(packet.byteCount)
        let snapshot = release(packet.snapshot, packets: 1)
        if snapshot?.isProbe == true { sample.newlyLostOfProbe += Int(packet.byteCount) }
        return snapshot
    }

    /// A packet is settled that says nothing about the path's rate.
    mutating func forget(_ packet: SentPacket) {
        _ = release(packet.snapshot, packets: 1)
    }

    /// What was acknowledged since the last call.
    mutating func takeSample(minRTT: TimeSpan) -> RateSample {
        defer {
            sample = RateSample()
            newest = nil
        }
        sample.totalDelivered = delivered
        if delivered > appLimitedUntil { appLimitedUntil = 0 }
        guard let newest else { return sample }
        let sendElapsed = newestSentTime - newest.firstSentTime
        let ackElapsed = deliveredTime - newest.deliveredTime
        firstSentTime = newestSentTime
        sample.priorDelivered = newest.delivered
        sample.delivered = delivered - min(newest.delivered, delivered)
        sample.lost = lost - min(newest.lost, lost)
        sample.sentInFlight = newest.inFlight
        sample.isProbe = newest.isProbe
        sample.isAppLimited = newest.isAppLimited
        let interval = max(sendElapsed, ackElapsed)
        // A shorter interval than any round trip would count what was acknowledged in a burst.
        guard interval >= minRTT, interval > .zero else { return sample }
        sample.rate = Double(sample.delivered) / Double(interval.nanoseconds)
        return sample
    }
}
