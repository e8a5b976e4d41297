/// Whether sending faster still makes the path deliver faster (draft-ietf-ccwg-bbr §5.3.1.2).
struct FullPipe {
    /// Whether the path was filled once.
    private(set) var wasReached = false
    /// Whether it is filled now.
    private(set) var isReached = false
    private var rate = 0.0
    private var roundsWithoutGrowth = 0

    /// Looks at a round's first acknowledgement.
    mutating func update(_ sample: RateSample, isRoundStart: Bool) {
        guard !isReached, isRoundStart, !sample.isAppLimited, sample.rate > 0 else { return }
        if sample.rate >= rate * Double(Limits.bbrGrowthPercent) / 100 {
            begin(rate: sample.rate)
            return
        }
        roundsWithoutGrowth += 1
        guard roundsWithoutGrowth >= Limits.bbrFullRounds else { return }
        declareReached()
    }

    mutating func declareReached() {
        isReached = true
        wasReached = true
    }

    /// Starts to look anew from this rate.
    mutating func begin(rate: Double) {
        self.rate = rate
        roundsWithoutGrowth = 0
        isReached = false
    }
}
