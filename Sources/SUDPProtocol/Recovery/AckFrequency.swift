/// How many packets are acknowledged together: two at the start, after gaps and in slow flows, and
/// in a steady flow the part of a round trip's.
///
/// What arrived in one round trip decides for the next, so that whatever grows is acknowledged more
/// often.
struct AckFrequency {
    /// The time between two packets in the last round trip.
    private(set) var packetInterval = TimeSpan.zero
    private var groupSize = UInt64(Limits.packetsPerAck)
    private var roundTrip = TimeSpan(nanoseconds: .max)
    private var roundStart: Instant?
    private var roundPackets: UInt64 = 0
    private var packetsSinceGap = 0

    /// Whether packets come so fast that they are acknowledged in groups.
    var isBulk: Bool { groupSize > Limits.packetsPerAck }

    private var isSteady: Bool { isBulk && packetsSinceGap > Limits.packetsAfterGap }

    /// The packets that are acknowledged together now.
    var packetsPerAck: UInt64 { isSteady ? groupSize : UInt64(Limits.packetsPerAck) }

    /// How long a packet waits for the others of its group at most: as long as two groups take.
    var maxDelay: TimeSpan {
        guard isSteady else { return Limits.maxAckDelay }
        let twoGroups = roundTrip / Limits.acksPerRoundTrip * 2
        return min(max(twoGroups, Limits.granularity), Limits.maxAckDelay)
    }

    /// Takes a packet that asks for an acknowledgement; `roundTrip` is the smallest that was seen.
    mutating func onReceived(isInOrder: Bool, roundTrip: TimeSpan, now: Instant) {
        packetsSinceGap = isInOrder ? min(packetsSinceGap, Limits.packetsAfterGap) + 1 : 0
        self.roundTrip = roundTrip
        guard let start = roundStart else {
            roundStart = now
            return
        }
        roundPackets += 1
        let elapsed = now - start
        guard elapsed >= roundTrip, elapsed > .zero else { return }
        endRound(elapsed)
        (roundStart, roundPackets) = (now, 0)
    }

    private mutating func endRound(_ elapsed: TimeSpan) {
        packetInterval = elapsed / roundPackets
        let share = Double(roundTrip.nanoseconds) / Double(elapsed.nanoseconds)
        let packets = Double(roundPackets) * share / Double(Limits.acksPerRoundTrip)
        groupSize = min(
            max(UInt64(packets), UInt64(Limits.packetsPerAck)), Limits.steadyPacketsPerAck)
    }
}
