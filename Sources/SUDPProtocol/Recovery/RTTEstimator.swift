/// Round-trip time by Jacobson and Karels (RFC 6298 §2) with the peer's ack delay (RFC 9002 §5).
struct RTTEstimator {
    private(set) var latestRTT = Limits.initialRTT
    private(set) var smoothedRTT = Limits.initialRTT
    private(set) var rttVariation = Limits.initialRTT / 2
    private(set) var minRTT = TimeSpan(nanoseconds: .max)
    private(set) var firstSample: Instant?

    var hasSample: Bool { firstSample != nil }

    mutating func update(_ sample: TimeSpan, ackDelay: TimeSpan, now: Instant) {
        let sample = max(sample, TimeSpan(nanoseconds: 1))
        latestRTT = sample
        guard firstSample != nil else {
            firstSample = now
            minRTT = sample
            smoothedRTT = sample
            rttVariation = sample / 2
            return
        }
        minRTT = min(minRTT, sample)
        // RFC 9002 §5.3: the ack delay never brings a sample below the smallest one.
        let adjusted = sample >= minRTT + ackDelay ? sample - ackDelay : sample
        let deviation = max(smoothedRTT, adjusted) - min(smoothedRTT, adjusted)
        rttVariation = (rttVariation * 3 + deviation) / 4
        smoothedRTT = (smoothedRTT * 7 + adjusted) / 8
    }

    /// After persistent congestion the smallest time starts anew (RFC 9002 §5.2).
    mutating func resetMinimum() {
        minRTT = latestRTT
    }

    // RFC 9002 §6.2.1
    func probeTimeout(maxAckDelay: TimeSpan) -> TimeSpan {
        smoothedRTT + max(rttVariation * 4, Limits.granularity) + maxAckDelay
    }
}
