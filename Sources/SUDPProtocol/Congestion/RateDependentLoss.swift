/// Whether faster sending loses a larger share: a policer, or a queue too short to be seen.
///
/// A path that loses at random loses the same share at every rate, so what probes for bandwidth
/// lose beyond the usual share tells the two apart. Linux's BBR (tcp_bbr.c, `lt_bw`) looks for
/// intervals of equal delivery and much loss instead, for which it must lose 20 % all the time.
struct RateDependentLoss {
    /// Whether losses mean congestion although no queue is seen.
    private(set) var isFound = false
    /// Whether a probe showed that its rate was not why packets were lost.
    private(set) var isExcluded = false
    private var acked = 0
    private var lost = 0
    private var probesLeft = 0

    /// A probe is about to begin.
    mutating func onProbe(datagramSize: Int) {
        if isConclusive(datagramSize) { (acked, lost) = (0, 0) }
        guard isFound else { return }
        probesLeft -= 1
        isFound = probesLeft > 0
    }

    /// Whether the cause of so usual a loss should be found out soon.
    func isUrgent(usualShare: Double) -> Bool {
        !isFound && !isExcluded
            && usualShare * 100 >= Double(Limits.bbrLossThresholdPercent)
    }

    private func isConclusive(_ datagramSize: Int) -> Bool {
        acked + lost >= Limits.bbrPolicerPackets * datagramSize
    }

    /// Adds what became of packets of a probe; true when they showed anew that their rate was why
    /// they were lost.
    mutating func update(
        acked: Int, lost: Int, usualShare: Double, datagramSize: Int, isRoundStart: Bool
    ) -> Bool {
        self.acked += acked
        self.lost += lost
        guard isRoundStart, isConclusive(datagramSize) else { return false }
        // A policer passes on what it did before: the whole excess is lost.
        let excess = (1 - usualShare) * (1 - 100 / Double(Limits.bbrUpGainPercent))
        let share = Double(self.lost) / Double(self.acked + self.lost)
        guard share >= usualShare + excess / 2 else {
            isExcluded = !isFound
            return false
        }
        defer { (isFound, isExcluded) = (true, false) }
        probesLeft = Limits.bbrPolicerProbes
        (self.acked, self.lost) = (0, 0)
        return !isFound
    }
}
