/// The round trip of an empty queue, and when to look for it again (draft-ietf-ccwg-bbr §5.3.4).
struct MinimumRTT {
    /// The smallest of the last ten seconds; nil before the first sample.
    private(set) var value: TimeSpan?
    /// Whether the last five seconds did not come near it.
    private(set) var isProbeDue = false
    private var valueTime = Instant(nanoseconds: 0)
    private var recent: TimeSpan?
    private var recentTime = Instant(nanoseconds: 0)

    mutating func update(_ sample: TimeSpan?, now: Instant) {
        isProbeDue = recent != nil && now - recentTime > Limits.bbrProbeRTTInterval
        if let sample {
            if sample < recent ?? sample + .milliseconds(1) || isProbeDue {
                (recent, recentTime) = (sample, now)
            } else if let recent, sample <= recent + recent / Limits.bbrNearMinimumDivisor {
                recentTime = now
            }
        }
        guard let recent else { return }
        let isExpired = now - valueTime > Limits.bbrMinimumRTTWindow
        guard let value, value <= recent, !isExpired else {
            (self.value, valueTime) = (recent, recentTime)
            return
        }
    }

    /// The queue was kept empty for long enough.
    mutating func onProbed(now: Instant) {
        recentTime = now
    }
}
