/// Lets `burst` events through at once and `rate` per second in the long run.
struct TokenBucket {
    private let rate: Double
    private let burst: Double
    private var tokens: Double
    private var lastUpdate = Instant(nanoseconds: 0)

    init(rate: Double, burst: Double) {
        self.rate = rate
        self.burst = burst
        tokens = burst
    }

    func isFull(now: Instant) -> Bool {
        tokens + (now - lastUpdate).seconds * rate >= burst
    }

    mutating func spend(now: Instant) -> Bool {
        tokens = min(tokens + (now - lastUpdate).seconds * rate, burst)
        lastUpdate = now
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
