import Testing

@testable import SUDPProtocol

@Suite struct ReorderingWindowTests {
    private var rtt: RTTEstimator {
        var rtt = RTTEstimator()
        rtt.update(.milliseconds(100), ackDelay: .zero, now: Instant(nanoseconds: 0))
        return rtt
    }

    @Test func `the window grows by a quarter round trip per round with a spurious loss`() {
        var window = ReorderingWindow()
        #expect(window.length(rtt) == .milliseconds(25))
        window.onSpuriousLoss(acked: 5, nextNumber: 20)
        #expect(window.length(rtt) == .milliseconds(50))
        window.onSpuriousLoss(acked: 19, nextNumber: 30)
        #expect(window.length(rtt) == .milliseconds(50))
        window.onSpuriousLoss(acked: 20, nextNumber: 30)
        #expect(window.length(rtt) == .milliseconds(75))
    }

    @Test func `the window never exceeds a round trip`() {
        var window = ReorderingWindow()
        for round in 0..<100 as Range<UInt64> {
            window.onSpuriousLoss(acked: 10 * round, nextNumber: 10 * round + 1)
        }
        #expect(window.length(rtt) == .milliseconds(100))
    }

    @Test func `after so many recoveries without a spurious loss it is small again`() {
        var window = ReorderingWindow()
        window.onSpuriousLoss(acked: 0, nextNumber: 1)
        for _ in 1..<Limits.reorderingPersistence { window.onRecoveryStarted() }
        #expect(window.length(rtt) == .milliseconds(50))
        window.onRecoveryStarted()
        #expect(window.length(rtt) == .milliseconds(25))
    }

    @Test func `it is never below the clock's granularity`() {
        var rtt = RTTEstimator()
        rtt.update(.microseconds(10), ackDelay: .zero, now: Instant(nanoseconds: 0))
        #expect(ReorderingWindow().length(rtt) == Limits.granularity)
    }

    @Test func `before the first sample nothing overflows`() {
        var window = ReorderingWindow()
        for round in 0..<10 as Range<UInt64> {
            window.onSpuriousLoss(acked: round, nextNumber: round)
        }
        #expect(window.length(RTTEstimator()) == Limits.initialRTT)
    }
}
