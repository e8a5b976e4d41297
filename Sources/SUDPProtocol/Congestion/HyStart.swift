/// Ends slow start when the round trip grows, before packets are lost (RFC 9406).
struct HyStart {
    private var rounds = RoundCounter()
    private var lastMinimum = TimeSpan(nanoseconds: .max)
    private var minimum = TimeSpan(nanoseconds: .max)
    private var sampleCount = 0
    /// The round-trip time at which the slower growth began; nil while growth is fast.
    private var baseline: TimeSpan?
    private var conservativeRounds = 0

    /// What an acknowledged byte counts for.
    var growthDivisor: Int { baseline == nil ? 1 : Limits.hystartGrowthDivisor }

    /// Takes an acknowledgement; true when slow start is over.
    mutating func update(_ summary: AckSummary) -> Bool {
        rounds.update(summary.rate)
        if rounds.isStart {
            (lastMinimum, minimum, sampleCount) = (minimum, TimeSpan(nanoseconds: .max), 0)
            if baseline != nil { conservativeRounds += 1 }
        }
        if let sample = summary.rttSample {
            minimum = min(minimum, sample)
            sampleCount += 1
            if sampleCount >= Limits.hystartSamples { judge() }
        }
        return baseline != nil && conservativeRounds >= Limits.hystartConservativeRounds
    }

    private mutating func judge() {
        if let baseline {
            // The delay was a passing one.
            guard minimum < baseline else { return }
            self.baseline = nil
            conservativeRounds = 0
            return
        }
        guard lastMinimum.nanoseconds < .max else { return }
        let threshold = max(
            Limits.hystartThresholdMinimum,
            min(lastMinimum / Limits.hystartDivisor, Limits.hystartThresholdMaximum))
        if minimum >= lastMinimum + threshold { baseline = minimum }
    }
}
