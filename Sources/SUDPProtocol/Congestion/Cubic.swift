/// CUBIC (RFC 9438) with HyStart++ (RFC 9406), in bytes.
struct Cubic {
    private(set) var slowStartThreshold = Double.infinity
    private(set) var recoveryStartTime: Instant?
    private(set) var congestionEvents: UInt64 = 0
    private(set) var curve = CubicCurve()
    private var exactWindow: Double
    private var datagramSize: Int
    private var hyStart = HyStart()
    private var beforeRecovery: BeforeRecovery?
    private var lastAckTime: Instant?

    /// What an unjustified reduction is undone to.
    private struct BeforeRecovery {
        var window: Double
        var slowStartThreshold: Double
        var curve: CubicCurve
    }

    /// Begins with a window of ten packets unless told otherwise.
    init(datagramSize: Int, window: Int? = nil) {
        self.datagramSize = datagramSize
        exactWindow = Double(window ?? Limits.initialWindowPackets * datagramSize)
    }

    var window: Int { Int(exactWindow) }
    var isInSlowStart: Bool { exactWindow < slowStartThreshold }
    private var minimumWindow: Double { Double(Limits.minimumWindowPackets * datagramSize) }
    private var maximumWindow: Double { Double(Limits.maximumWindowPackets * datagramSize) }

    /// Keeps the window as so many packets of a smaller size, as so many bytes for a larger one.
    mutating func setDatagramSize(_ size: Int) {
        let ratio = Double(size) / Double(datagramSize)
        if ratio < 1 {
            exactWindow *= ratio
            slowStartThreshold *= ratio
        }
        curve.scale(by: min(1 / ratio, 1))
        datagramSize = size
        exactWindow = max(exactWindow, minimumWindow)
    }

    private func isInRecovery(_ sentTime: Instant) -> Bool {
        recoveryStartTime.map { sentTime <= $0 } ?? false
    }

    /// Grows the window unless the application, not the window, limited what was in flight.
    mutating func onAcked(
        _ bytes: Int, sentTime: Instant, usage: WindowUsage, smoothedRTT: TimeSpan, now: Instant
    ) {
        lastAckTime = now
        guard !isInRecovery(sentTime) else { return }
        if isInSlowStart {
            guard window < 2 * usage.maximumInFlight else { return }
            let divisor = slowStartThreshold.isInfinite ? hyStart.growthDivisor : 1
            exactWindow += Double(bytes) / Double(divisor)
        } else {
            guard usage.isWindowLimited else { return curve.pause(now: now) }
            let size = Double(datagramSize)
            exactWindow =
                size
                * curve.next(
                    window: exactWindow / size, acked: Double(bytes) / size,
                    smoothedRTT: smoothedRTT, now: now)
        }
        exactWindow = min(exactWindow, maximumWindow)
    }

    /// Goes on after nothing was in flight (RFC 9438 §5.8).
    mutating func onRestart(now: Instant) {
        guard let lastAckTime, lastAckTime < now else { return }
        curve.skip(now - lastAckTime)
    }

    /// Looks for growing delay in the first slow start.
    mutating func onAck(_ summary: AckSummary) {
        guard slowStartThreshold.isInfinite, hyStart.update(summary) else { return }
        slowStartThreshold = exactWindow
    }

    /// Reduces the window once per round trip; true when this loss began a recovery.
    ///
    /// A CE mark counts as a loss of its packet, which need not be sent again (RFC 9438 §4.6).
    mutating func onLost(newestSentTime: Instant, now: Instant) -> Bool {
        guard !isInRecovery(newestSentTime) else { return false }
        beforeRecovery = BeforeRecovery(
            window: exactWindow, slowStartThreshold: slowStartThreshold, curve: curve)
        recoveryStartTime = now
        congestionEvents += 1
        curve.onReduction(of: exactWindow / Double(datagramSize))
        slowStartThreshold = max(exactWindow * CubicCurve.reduction, minimumWindow)
        exactWindow = slowStartThreshold
        return true
    }

    /// Undoes the last reduction because nothing was lost.
    mutating func undo() {
        guard let before = beforeRecovery else { return }
        exactWindow = max(exactWindow, before.window)
        slowStartThreshold = before.slowStartThreshold
        curve = before.curve
        recoveryStartTime = nil
        beforeRecovery = nil
    }

    // RFC 9002 §7.6.2
    mutating func onPersistentCongestion() {
        exactWindow = minimumWindow
        curve.forget()
        recoveryStartTime = nil
        beforeRecovery = nil
    }
}
