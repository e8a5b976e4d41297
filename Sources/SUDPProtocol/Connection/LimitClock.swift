/// Adds up the time for which each thing held sending back.
struct LimitClock {
    enum Limit {
        case application
        case congestion
        case flowControl
        case pacing
    }

    private var limit: Limit?
    private var since = Instant(nanoseconds: 0)
    private(set) var application = TimeSpan.zero
    private(set) var congestion = TimeSpan.zero
    private(set) var flowControl = TimeSpan.zero
    private(set) var pacing = TimeSpan.zero

    mutating func note(_ limit: Limit?, now: Instant) {
        let elapsed = now - since
        switch self.limit {
        case .application: application = application + elapsed
        case .congestion: congestion = congestion + elapsed
        case .flowControl: flowControl = flowControl + elapsed
        case .pacing: pacing = pacing + elapsed
        case nil: break
        }
        self.limit = limit
        since = now
    }
}
