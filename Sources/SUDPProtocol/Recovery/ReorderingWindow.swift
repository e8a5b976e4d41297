/// How long a packet may be overtaken before it counts as lost (RFC 8985 §6.2, steps 4 and 5).
struct ReorderingWindow {
    private(set) var hasSeenReordering = false
    private var multiplier: UInt64 = 1
    private var recoveriesLeft = 0
    private var roundEnd: UInt64 = 0

    func length(_ rtt: RTTEstimator) -> TimeSpan {
        let quarter = rtt.minRTT / 4 * multiplier
        return max(min(quarter, rtt.smoothedRTT), Limits.granularity)
    }

    mutating func onReordering() {
        hasSeenReordering = true
    }

    /// A packet was declared lost and acknowledged later; counts once per round trip.
    mutating func onSpuriousLoss(acked number: UInt64, nextNumber: UInt64) {
        hasSeenReordering = true
        recoveriesLeft = Limits.reorderingPersistence
        guard number >= roundEnd else { return }
        roundEnd = nextNumber
        multiplier += 1
    }

    mutating func onRecoveryStarted() {
        guard multiplier > 1 else { return }
        recoveriesLeft -= 1
        if recoveriesLeft <= 0 { multiplier = 1 }
    }
}
