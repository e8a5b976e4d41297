/// The share of packets that the path loses without a queue, for which the sender makes up.
///
/// Counted only in rounds that send no more than the path delivers, so that the sender's own
/// excess cannot be its cause.
struct BackgroundLoss {
    /// What cruising loses.
    private(set) var usualShare = 0.0
    /// Whether probes lose more.
    var ofProbes = RateDependentLoss()
    private var acked = 0
    private var lost = 0

    /// What is made up for.
    var share: Double {
        ofProbes.isExcluded ? min(usualShare, Double(Limits.bbrLossMakeupPercent) / 100) : 0
    }

    /// What was counted was not the path's.
    mutating func forget() {
        (usualShare, acked, lost) = (0, 0, 0)
    }

    /// Adds what an acknowledgement settled; `isSteady`: nothing of it may be the sender's doing.
    mutating func update(acked: Int, lost: Int, isSteady: Bool, isRoundStart: Bool) {
        guard isSteady else {
            (self.acked, self.lost) = (0, 0)
            return
        }
        self.acked += acked
        self.lost += lost
        guard isRoundStart, self.acked > 0 else { return }
        let round = Double(self.lost) / Double(self.acked + self.lost)
        usualShare += (round - usualShare) / Double(Limits.bbrLossSmoothing)
        (self.acked, self.lost) = (0, 0)
    }
}
