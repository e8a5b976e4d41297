/// Keeps what comes out of a pipe below the limits of a server, and a little away from them.
///
/// The server counts when requests arrive: so many that were sent apart may arrive together.
struct ChatPace: Sendable {
    /// What may be sent of something, at once and per second.
    private struct Bucket {
        var tokens: Double
        let burst: Double
        let rate: Double

        init(burst: Int, rate: Int) {
            self.burst = Double(burst) * ChatPace.share
            self.rate = Double(rate)
            tokens = self.burst
        }

        mutating func refill(_ seconds: Double) {
            tokens = min(burst, tokens + seconds * rate)
        }

        /// The seconds until so many may be sent.
        func wait(for count: Int) -> Double { max(0, (min(Double(count), burst) - tokens) / rate) }
    }

    private static let share = 0.75
    /// So many requests may be unanswered: a path that stalled can deliver no more of them at once.
    static let window = Int(Double(ChatConstants.requestBurst) * share)

    private var requests = Bucket(
        burst: ChatConstants.requestBurst, rate: ChatConstants.requestRate)
    private var bytes = Bucket(burst: ChatConstants.byteBurst, rate: ChatConstants.byteRate)
    private var lines = Bucket(burst: ChatConstants.lineBurst, rate: ChatConstants.lineRate)
    /// Waits until the next text may be sent.
    var pausing: Task<Void, Never>?
    private var last: ContinuousClock.Instant

    init(now: ContinuousClock.Instant) {
        last = now
    }

    /// How long to wait before a text is sent; zero for not at all.
    mutating func delay(of text: String, now: ContinuousClock.Instant) -> Duration {
        refill(now)
        let seconds = max(
            requests.wait(for: 1), bytes.wait(for: text.utf8.count),
            lines.wait(for: FloodGate.lineCount(of: text)))
        return .seconds(seconds)
    }

    /// Takes into account that a text was sent.
    mutating func send(_ text: String, now: ContinuousClock.Instant) {
        refill(now)
        requests.tokens -= 1
        bytes.tokens -= Double(text.utf8.count)
        lines.tokens -= Double(FloodGate.lineCount(of: text))
    }

    private mutating func refill(_ now: ContinuousClock.Instant) {
        guard now > last else { return }
        let seconds = (now - last) / .seconds(1)
        last = now
        requests.refill(seconds)
        bytes.refill(seconds)
        lines.refill(seconds)
    }
}
