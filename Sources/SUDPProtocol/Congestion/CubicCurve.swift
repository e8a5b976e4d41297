/// The window as a cubic function of the time since a reduction (RFC 9438 §4), in packets.
struct CubicCurve {
    /// The window at which the curve is flat: that of the last reduction.
    private(set) var plateau = 0.0
    /// What Reno would have, and the window before the reduction, up to which it grows slower.
    private var renoWindow = 0.0
    private var previousWindow = 0.0
    private var epochStart: Instant?
    /// When the application stopped to use the window.
    private var pausedSince: Instant?
    /// Seconds from the start of the epoch to the plateau.
    private(set) var secondsToPlateau = 0.0

    private static let scale = Double(Limits.cubicScalePercent) / 100
    static let reduction = Double(Limits.cubicReductionPercent) / 100
    private static let renoGrowth = 3 * (1 - reduction) / (1 + reduction)

    /// A loss at this window.
    mutating func onReduction(of window: Double) {
        // RFC 9438 §4.7: a flow that lost below its last plateau makes room faster.
        plateau = window < plateau ? window * (1 + Self.reduction) / 2 : window
        previousWindow = window
        epochStart = nil
        pausedSince = nil
    }

    /// The path's capacity is not known any more (RFC 9438 §4.8); Reno's pace is (§4.3).
    mutating func forget() {
        let previous = previousWindow
        self = CubicCurve()
        previousWindow = previous
    }

    /// Counts in larger packets, from a new epoch on.
    mutating func scale(by ratio: Double) {
        plateau *= ratio
        previousWindow *= ratio
        epochStart = nil
    }

    /// The application does not use the window: time stands still (RFC 9438 §5.8).
    mutating func pause(now: Instant) {
        if pausedSince == nil { pausedSince = now }
    }

    /// Nothing was in flight for so long: that is no time of the curve either.
    mutating func skip(_ idle: TimeSpan) {
        guard pausedSince == nil, let start = epochStart else { return }
        epochStart = start + idle
    }

    /// The window after `acked` packets were acknowledged.
    mutating func next(window: Double, acked: Double, smoothedRTT: TimeSpan, now: Instant) -> Double
    {
        let start = begin(window: window, now: now)
        renoWindow +=
            (renoWindow < previousWindow ? Self.renoGrowth : 1) * acked / max(window, 1)
        let elapsed = (now - start).seconds
        if value(at: elapsed) < renoWindow { return max(window, renoWindow) }
        let target = min(max(value(at: elapsed + smoothedRTT.seconds), window), 1.5 * window)
        return window + (target - window) * acked / max(window, 1)
    }

    /// The start of the epoch, moved by the time for which the window was not used.
    private mutating func begin(window: Double, now: Instant) -> Instant {
        if let start = epochStart {
            guard let since = pausedSince else { return start }
            pausedSince = nil
            let moved = start + (now - max(since, start))
            epochStart = moved
            return moved
        }
        pausedSince = nil
        epochStart = now
        renoWindow = window
        plateau = max(plateau, window)
        previousWindow = max(previousWindow, window)
        secondsToPlateau = Self.cubeRoot((plateau - window) / Self.scale)
        return now
    }

    private func value(at seconds: Double) -> Double {
        let distance = seconds - secondsToPlateau
        return Self.scale * distance * distance * distance + plateau
    }

    /// The cube root of a number that is not negative, by Newton's method.
    static func cubeRoot(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return 0 }
        var root = max(value, 1)
        while true {
            let next = (2 * root + value / (root * root)) / 3
            guard next < root else { return root }
            root = next
        }
    }
}
