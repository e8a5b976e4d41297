/// Slow start, congestion avoidance and recovery in bytes (RFC 5681, RFC 9002 §7).
struct NewReno {
    private(set) var window: Int
    private(set) var slowStartThreshold = Int.max
    private(set) var recoveryStartTime: Instant?
    private(set) var congestionEvents: UInt64 = 0
    private var datagramSize: Int
    private var ackedInAvoidance = 0
    private var beforeRecovery: BeforeRecovery?

    /// What an unjustified reduction is undone to.
    private struct BeforeRecovery {
        var window: Int
        var slowStartThreshold: Int
    }

    init(datagramSize: Int) {
        self.datagramSize = datagramSize
        window = Limits.initialWindowPackets * datagramSize
    }

    /// Keeps the window as so many packets of a smaller size, as so many bytes for a larger one.
    mutating func setDatagramSize(_ size: Int) {
        if size < datagramSize { window = window / datagramSize * size }
        datagramSize = size
        window = max(window, minimumWindow)
    }

    var isInSlowStart: Bool { window < slowStartThreshold }
    private var minimumWindow: Int { Limits.minimumWindowPackets * datagramSize }
    private var maximumWindow: Int { Limits.maximumWindowPackets * datagramSize }

    func isInRecovery(_ sentTime: Instant) -> Bool {
        recoveryStartTime.map { sentTime <= $0 } ?? false
    }

    /// Grows the window unless the application, not the window, limited what was in flight.
    mutating func onAcked(_ bytes: Int, sentTime: Instant, usage: WindowUsage) {
        guard !isInRecovery(sentTime) else { return }
        if isInSlowStart {
            guard window < 2 * usage.maximumInFlight else { return }
            window = min(window + bytes, maximumWindow)
        } else {
            guard usage.isWindowLimited else { return }
            ackedInAvoidance += bytes
            guard ackedInAvoidance >= window else { return }
            ackedInAvoidance -= window
            window = min(window + datagramSize, maximumWindow)
        }
    }

    /// Halves the window once per round trip; true when this loss began a recovery.
    mutating func onLost(newestSentTime: Instant, now: Instant) -> Bool {
        guard !isInRecovery(newestSentTime) else { return false }
        beforeRecovery = BeforeRecovery(window: window, slowStartThreshold: slowStartThreshold)
        recoveryStartTime = now
        congestionEvents += 1
        ackedInAvoidance = 0
        slowStartThreshold = max(window / 2, minimumWindow)
        window = slowStartThreshold
        return true
    }

    /// Undoes the last reduction because nothing was lost.
    mutating func undo() {
        guard let before = beforeRecovery else { return }
        window = max(window, before.window)
        slowStartThreshold = before.slowStartThreshold
        recoveryStartTime = nil
        beforeRecovery = nil
    }

    // RFC 9002 §7.6.2
    mutating func onPersistentCongestion() {
        window = minimumWindow
        recoveryStartTime = nil
        beforeRecovery = nil
    }
}
