/// How the flow shares a path where others keep the queue full: as one of them, by CUBIC.
///
/// Whoever only keeps little in flight shortens no queue there and gets next to nothing. The search
/// for the smallest round trip tells: this flow had almost nothing in flight, and the queue was
/// long all the same.
struct Competition {
    /// Decides while others keep the queue full; nil while nobody is known to.
    private(set) var cubic: Cubic?
    /// The round trip of the empty path, as far as it is remembered.
    private(set) var base: TimeSpan?
    private var baseTime = Instant(nanoseconds: 0)
    /// The smallest round trip of the search under way.
    private var least: TimeSpan?
    private var concluded = Instant(nanoseconds: 0)
    /// How soon a search that found no full queue may be repeated.
    private var patience = Limits.competitionFirstWait
    /// Whether packets of this flow wait in the path, or others'.
    private(set) var isQueueGrown = false
    /// Whether no more packets wait than what a drained path's round trips vary by.
    private(set) var isQueueGone = true
    /// Whether more waits than flows that know their part would have in flight.
    private(set) var isQueueLong = false
    /// Whether the queue became so long that others may keep it full.
    private(set) var isSuspected = false

    var isOn: Bool { cubic != nil }

    /// Whether to look if others keep the queue full, or still do, whatever the round trip is.
    func isSearchDue(now: Instant) -> Bool {
        isOn
            ? now - concluded > Limits.competitionProbeInterval
            : isSuspected && now - concluded > patience
    }

    mutating func noteQueue(roundTrip: TimeSpan, minimum: TimeSpan) {
        isQueueGrown = roundTrip > minimum * Limits.bbrQueueGrowthPercent / 100
        isQueueGone = roundTrip <= minimum * Limits.bbrQueueGonePercent / 100
        isQueueLong = roundTrip > minimum * Limits.bbrQueueLongPercent / 100
        isSuspected = isFull(roundTrip)
    }

    private func isFull(_ roundTrip: TimeSpan) -> Bool {
        guard let base else { return false }
        return roundTrip > base * Limits.competitionQueueFactor
            && roundTrip > base + Limits.competitionQueueMinimum
    }

    /// Takes a round trip; `isSearching` says that little was in flight.
    mutating func observe(_ sample: TimeSpan?, isSearching: Bool, now: Instant) {
        guard let sample else { return }
        if isSearching { least = min(least ?? sample, sample) }
        if sample <= base ?? sample { (base, baseTime) = (sample, now) }
    }

    /// Draws the conclusion from a search that lasted long enough.
    mutating func conclude(window: Int, bandwidth: Double, datagramSize: Int, now: Instant) {
        defer { (least, concluded) = (nil, now) }
        guard let least else { return }
        if !isFull(least) {
            cubic = nil
            patience = min(patience * 2, Limits.competitionProbeInterval)
        } else if now - baseTime > Limits.competitionMemory {
            // The path may have become longer for good.
            (cubic, self.base, baseTime) = (nil, least, now)
        } else if cubic == nil {
            // What keeps its bandwidth with the queue as it is.
            let inFlight = Int(min(bandwidth * Double(least.nanoseconds), 1e9))
            cubic = Cubic(datagramSize: datagramSize, window: max(window, inFlight))
        }
    }

    mutating func setDatagramSize(_ size: Int) {
        cubic?.setDatagramSize(size)
    }

    mutating func onAcked(
        _ bytes: Int, sentTime: Instant, usage: WindowUsage, smoothedRTT: TimeSpan, now: Instant
    ) {
        cubic?.onAcked(
            bytes, sentTime: sentTime, usage: usage, smoothedRTT: smoothedRTT, now: now)
    }

    mutating func onRestart(now: Instant) {
        cubic?.onRestart(now: now)
    }

    mutating func onLost(newestSentTime: Instant, now: Instant) {
        _ = cubic?.onLost(newestSentTime: newestSentTime, now: now)
    }

    mutating func undo() {
        cubic?.undo()
    }

    mutating func onPersistentCongestion() {
        cubic?.onPersistentCongestion()
    }
}
