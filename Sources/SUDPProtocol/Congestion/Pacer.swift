/// Spreads the congestion window over the round trip by a token bucket (RFC 9002 §7.7).
struct Pacer {
    private var tokens = Double(Limits.pacingBurstBytes)
    private var lastUpdate = Instant(nanoseconds: 0)
    private var isSaving = false

    /// Bytes per nanosecond.
    static func rate(window: Int, isInSlowStart: Bool, smoothedRTT: TimeSpan) -> Double {
        let gain = isInSlowStart ? 2.0 : 1.25
        return gain * Double(window) / Double(max(smoothedRTT.nanoseconds, 1))
    }

    /// How many bytes may be sent now.
    mutating func allowance(rate: Double, burst: PacingBurst, now: Instant) -> Int {
        let gained = Double((now - lastUpdate).nanoseconds) * rate
        tokens = min(tokens + gained, burst.most)
        lastUpdate = now
        return Int(max(0, min(tokens, 1e9)))
    }

    mutating func onSent(_ bytes: Int) {
        tokens -= Double(bytes)
    }

    /// How much credit opens the gate: a quantum after it ran out, then whatever is left of it.
    mutating func threshold(quantum: Int, datagramSize: Int) -> Int {
        if tokens >= Double(quantum) {
            isSaving = false
        } else if tokens < Double(min(quantum, Limits.trainByteCount)) {
            isSaving = true
        }
        return isSaving ? quantum : datagramSize
    }

    /// When `bytes` may be sent, as far as pacing goes.
    func nextSendTime(bytes: Int, rate: Double) -> Instant {
        guard tokens < Double(bytes), rate > 0 else { return lastUpdate }
        let wait = (Double(bytes) - tokens) / rate
        return lastUpdate + TimeSpan(nanoseconds: UInt64(max(1, min(wait, 1e9))))
    }
}
