/// How far the peer may send: slides as the application consumes, and grows with the path.
struct ReceiveWindow {
    private(set) var limit: UInt64
    private(set) var size: UInt64
    private(set) var isUpdatePending = false
    private let maximumSize: UInt64
    private var consumed: UInt64 = 0
    private var round = Round()
    private var rateBeforeGrowth = 0.0

    /// A stretch of consumption that tells how fast the window is used up.
    private struct Round {
        var start = Instant(nanoseconds: 0)
        var consumed: UInt64 = 0
    }

    init(size: UInt64, maximumSize: UInt64) {
        self.size = size
        self.maximumSize = max(size, maximumSize)
        limit = size
    }

    mutating func onConsumed(to offset: UInt64, now: Instant, smoothedRTT: TimeSpan) {
        consumed = max(consumed, offset)
        grow(now: now, smoothedRTT: smoothedRTT)
        // RFC 9293 §3.8.6.2.2: no updates for slivers of window.
        guard consumed + size >= limit + size / 4 else { return }
        limit = consumed + size
        isUpdatePending = true
    }

    /// Doubles when half of the window was consumed within two round trips, and only as long as
    /// the last doubling made the stream faster.
    private mutating func grow(now: Instant, smoothedRTT: TimeSpan) {
        guard consumed - round.consumed >= size / 2 else { return }
        let elapsed = now - round.start
        let isFast = elapsed < smoothedRTT * 2
        let rate = Double(consumed - round.consumed) / Double(max(elapsed.nanoseconds, 1))
        round = Round(start: now, consumed: consumed)
        guard isFast, size < maximumSize, rate > 1.1 * rateBeforeGrowth else { return }
        rateBeforeGrowth = rate
        size = min(size * 2, maximumSize)
    }

    /// Doubles when the peer uses more than half of it although the application takes what it can,
    /// so that the path is not held back.
    mutating func onReceived(to offset: UInt64, unread: UInt64) {
        guard size < maximumSize, offset >= limit - size / 2, unread <= size / 4 else { return }
        size = min(size * 2, maximumSize)
        limit = max(limit, consumed + size)
        isUpdatePending = true
    }

    mutating func onUpdateSent() {
        isUpdatePending = false
    }

    mutating func onUpdateLost() {
        isUpdatePending = true
    }
}
