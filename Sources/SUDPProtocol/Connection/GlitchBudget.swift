/// A token bucket for frames that a well-behaved peer has no reason to send.
struct GlitchBudget {
    private var tokens = Limits.uselessFramesBurst
    private var lastUpdate = Instant(nanoseconds: 0)

    /// Spends one; false when the peer has used up its budget.
    mutating func spend(now: Instant) -> Bool {
        let gained = (now - lastUpdate).seconds * Limits.uselessFramesPerSecond
        tokens = min(tokens + gained, Limits.uselessFramesBurst) - 1
        lastUpdate = now
        return tokens >= 0
    }
}
