/// The largest datagram that the path carries, found by probes that may be lost (RFC 8899).
///
/// Sizes are those of UDP payloads.
struct PathMTU {
    /// The largest size worth a probe.
    private var limit: Int
    /// The size that is sent.
    private(set) var size: Int
    private var tooLarge: Int?
    private var isProbeInFlight = false
    private var probesLost = 0
    private var searchTime = Instant(nanoseconds: 0)
    private var pause = Limits.pathMTUPause
    private var silentLosses = 0

    /// Starts with `initial`, at most `limit`; both at least the smallest datagram.
    init(initial: Int, limit: Int) {
        self.limit = max(limit, Limits.minimumDatagramSize)
        size = min(max(initial, Limits.minimumDatagramSize), self.limit)
    }

    /// Obeys a peer that takes no larger datagrams.
    mutating func obey(_ maximum: Int) {
        limit = min(limit, max(maximum, Limits.minimumDatagramSize))
        size = min(size, limit)
    }

    /// Another network: what was found does not hold there.
    mutating func restart() {
        size = Limits.minimumDatagramSize
        tooLarge = nil
        isProbeInFlight = false
        probesLost = 0
        silentLosses = 0
        searchTime = Instant(nanoseconds: 0)
        pause = Limits.pathMTUPause
    }

    // MARK: Search

    /// The size of the probe that is due.
    func nextProbe(now: Instant) -> Int? {
        guard !isProbeInFlight, now >= searchTime else { return nil }
        return candidate
    }

    /// Ethernet's size first, then all that the interface takes; below them by halves.
    private var candidate: Int? {
        let ethernet = Limits.ethernetDatagramSize
        guard let tooLarge else {
            let next = size < ethernet ? min(ethernet, limit) : limit
            return next > size ? next : nil
        }
        guard size < ethernet, tooLarge - size > Limits.pathMTUStep else { return nil }
        return (size + tooLarge) / 2
    }

    mutating func onProbeSent() {
        isProbeInFlight = true
    }

    /// The peer has a probe of `byteCount` bytes; true when larger datagrams go from now on.
    mutating func onProbeAcked(_ byteCount: Int, now: Instant) -> Bool {
        isProbeInFlight = false
        probesLost = 0
        silentLosses = 0
        guard byteCount > size, byteCount <= limit else { return false }
        size = byteCount
        if candidate == nil { endSearch(now: now) }
        return true
    }

    mutating func onProbeLost(_ byteCount: Int, now: Instant) {
        isProbeInFlight = false
        guard byteCount == candidate else { return }
        probesLost += 1
        guard probesLost == Limits.pathMTUProbes else { return }
        probesLost = 0
        tooLarge = byteCount
        if candidate == nil { endSearch(now: now) }
    }

    /// The path may come to carry more (RFC 8899 §5.1.1, PMTU_RAISE_TIMER).
    private mutating func endSearch(now: Instant) {
        tooLarge = nil
        searchTime = now + Limits.pathMTURaiseInterval
    }

    // MARK: Black holes

    mutating func onAcked(_ byteCount: Int) {
        if byteCount > Limits.minimumDatagramSize { silentLosses = 0 }
    }

    /// Datagrams larger than the base were lost, or a probe timeout passed with them in flight.
    ///
    /// True when that happened so often without one of them arriving that smaller ones go.
    mutating func onLargeLost(now: Instant) -> Bool {
        guard size > Limits.minimumDatagramSize else { return false }
        silentLosses += 1
        guard silentLosses >= Limits.blackHoleLosses else { return false }
        silentLosses = 0
        size = Limits.minimumDatagramSize
        tooLarge = nil
        probesLost = 0
        searchTime = now + pause
        pause = min(pause * 2, Limits.pathMTURaiseInterval)
        return true
    }
}
