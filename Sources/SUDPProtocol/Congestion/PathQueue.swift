/// The queue of the path, as round trips and losses show it.
struct PathQueue {
    /// Whether packets wait in it.
    private(set) var isGrown = false
    /// The share of round trips that lose packets in a grown queue.
    private var lossyShare = 0.0
    private var hasLoss = false

    /// Whether others fill it who do not give way to losses, as BBR's first version does not.
    ///
    /// Whoever gives way overflows a queue now and then; this takes losses every few round trips,
    /// although this flow sends no more than its share.
    var isCrowded: Bool { lossyShare * 100 > Double(Limits.bbrCrowdedPercent) }

    /// Takes the round trips of an acknowledgement.
    mutating func update(smoothedRTT: TimeSpan, sample: TimeSpan?, minimum: TimeSpan) {
        // The smoothed time is late to see that a queue is gone.
        let roundTrip = min(smoothedRTT, sample ?? smoothedRTT)
        isGrown = roundTrip > minimum * Limits.bbrQueueGrowthPercent / 100
    }

    /// Takes the losses of an acknowledgement; `isCalm`: they are not the doing of a probe.
    mutating func update(lost: Int, isCalm: Bool, isRoundStart: Bool) {
        guard isCalm else {
            hasLoss = false
            return
        }
        if lost > 0, isGrown { hasLoss = true }
        guard isRoundStart else { return }
        lossyShare += ((hasLoss ? 1 : 0) - lossyShare) / Double(Limits.bbrCrowdedSmoothing)
        hasLoss = false
    }
}
