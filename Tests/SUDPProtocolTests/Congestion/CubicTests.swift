import Testing

@testable import SUDPProtocol

@Suite struct CubicTests {
    private static let size = 1000
    private static let rtt = TimeSpan.milliseconds(100)
    private static let start = Instant(nanoseconds: 1_000_000_000)

    private func later(_ milliseconds: UInt64) -> Instant {
        Self.start + .milliseconds(milliseconds)
    }

    private func usage(of window: Int) -> WindowUsage {
        var usage = WindowUsage()
        usage.onSent(bytesInFlight: window, window: window, datagramSize: Self.size)
        return usage
    }

    /// Acknowledges a full window.
    private func round(_ cubic: inout Cubic, at now: Instant, limited: Bool = true) {
        let window = cubic.window
        let usage = limited ? usage(of: window) : WindowUsage()
        for _ in 0..<(window / Self.size) {
            cubic.onAcked(
                Self.size, sentTime: now.earlier(by: .milliseconds(1)), usage: usage,
                smoothedRTT: Self.rtt, now: now)
        }
    }

    /// A flow in slow start with a window of so many packets.
    private func grown(to packets: Int) -> Cubic {
        var cubic = Cubic(datagramSize: Self.size)
        while cubic.window < packets * Self.size {
            cubic.onAcked(
                Self.size, sentTime: Self.start, usage: usage(of: cubic.window),
                smoothedRTT: Self.rtt, now: Self.start)
        }
        return cubic
    }

    @Test func `the curve is that of RFC 9438`() {
        var curve = CubicCurve()
        curve.onReduction(of: 100)
        var window = 70.0
        var seen: [Double] = []
        for round in 0...84 as ClosedRange<UInt64> {
            let now = later(100 * round)
            for _ in 0..<Int(window) {
                window = curve.next(window: window, acked: 1, smoothedRTT: Self.rtt, now: now)
            }
            if [10, 20, 42, 84].contains(round) { seen.append(window) }
        }
        #expect(abs(curve.secondsToPlateau - 4.217) < 0.001)
        // W(1), W(2), W(K) and W(2K), reached a round trip ahead.
        #expect(zip(seen, [86.7, 95.6, 100, 130]).allSatisfy { abs($0 - $1) < 3 })
    }

    @Test func `a loss leaves seven tenths of the window`() {
        var cubic = grown(to: 100)
        let began = cubic.onLost(newestSentTime: Self.start, now: later(100))
        #expect(began)
        #expect(cubic.window == 70 * Self.size)
        let beganAgain = cubic.onLost(newestSentTime: later(100), now: later(150))
        #expect(!beganAgain)
        #expect(cubic.window == 70 * Self.size)
        #expect(!cubic.isInSlowStart)
    }

    @Test func `a second loss below the plateau lowers the plateau`() {
        var curve = CubicCurve()
        curve.onReduction(of: 100)
        #expect(curve.plateau == 100)
        curve.onReduction(of: 80)
        #expect(abs(curve.plateau - 80 * 0.85) < 1e-9)
    }

    @Test func `with a small window and round trip it grows as Reno would`() {
        var curve = CubicCurve()
        curve.onReduction(of: 10)
        var window = 7.0
        var reno = 7.0
        for round in 1...40 as ClosedRange<UInt64> {
            let acks = Int(window)
            for _ in 0..<acks {
                window = curve.next(
                    window: window, acked: 1, smoothedRTT: .milliseconds(5), now: later(5 * round))
                reno += (reno < 10 ? 3 * 0.3 / 1.7 : 1) / window
            }
        }
        #expect(window > 20)
        #expect(abs(window - reno) < 0.5)
    }

    @Test func `time in which the window is not used does not count`() {
        var cubic = grown(to: 100)
        _ = cubic.onLost(newestSentTime: Self.start, now: later(100))
        for step in 0..<10 as Range<UInt64> { round(&cubic, at: later(200 + 100 * step)) }
        let before = cubic.window
        for step in 0..<40 as Range<UInt64> {
            round(&cubic, at: later(1200 + 100 * step), limited: false)
        }
        #expect(cubic.window == before)
        round(&cubic, at: later(5300))
        #expect(cubic.window - before < 3 * Self.size)
    }

    @Test func `persistent congestion leaves two packets, from which it starts slowly again`() {
        var cubic = grown(to: 10)
        _ = cubic.onLost(newestSentTime: Self.start, now: later(100))
        cubic.onPersistentCongestion()
        #expect(cubic.window == 2 * Self.size)
        round(&cubic, at: later(300))
        #expect(cubic.window == 4 * Self.size)
        round(&cubic, at: later(400))
        round(&cubic, at: later(500))
        #expect(cubic.window < 9 * Self.size)
    }

    @Test func `a reduction is undone once`() {
        var cubic = grown(to: 50)
        _ = cubic.onLost(newestSentTime: Self.start, now: later(100))
        cubic.undo()
        #expect(cubic.window == 50 * Self.size)
        #expect(cubic.isInSlowStart)
        cubic.undo()
        #expect(cubic.window == 50 * Self.size)
    }

    @Test(arguments: [0, 0.001, 0.3, 1, 8, 27, 1e9])
    func `cube roots are roots`(_ value: Double) {
        let root = CubicCurve.cubeRoot(value)
        #expect(abs(root * root * root - value) <= 1e-9 * max(value, 1))
    }
}
