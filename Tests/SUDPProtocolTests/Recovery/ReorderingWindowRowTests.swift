import Testing

@testable import SUDPProtocol

/// RFC 8985 §6.2.
@Suite struct ReorderingWindowRowTests {
    private let estimator: RTTEstimator

    init() {
        var estimator = RTTEstimator()
        estimator.update(.milliseconds(100), ackDelay: .zero, now: Instant(nanoseconds: 1))
        self.estimator = estimator
    }

    @Test func `the window starts at a quarter of the smallest round trip`() {
        #expect(ReorderingWindow().length(estimator) == .milliseconds(25))
    }

    @Test func `it grows once in each round trip with a spurious loss`() {
        var window = ReorderingWindow()
        window.onSpuriousLoss(acked: 5, nextNumber: 20)
        window.onSpuriousLoss(acked: 6, nextNumber: 22)
        window.onSpuriousLoss(acked: 19, nextNumber: 25)
        #expect(window.length(estimator) == .milliseconds(50))

        window.onSpuriousLoss(acked: 20, nextNumber: 40)
        #expect(window.length(estimator) == .milliseconds(75))
    }

    @Test func `it never exceeds the smoothed round trip`() {
        var window = ReorderingWindow()
        for round in UInt64(0)..<20 {
            window.onSpuriousLoss(acked: round * 10, nextNumber: round * 10 + 10)
        }

        #expect(window.length(estimator) == .milliseconds(100))
    }

    @Test func `it returns to its start after sixteen recoveries`() {
        var window = ReorderingWindow()
        window.onSpuriousLoss(acked: 0, nextNumber: 10)
        for _ in 0..<15 { window.onRecoveryStarted() }
        #expect(window.length(estimator) == .milliseconds(50))

        window.onRecoveryStarted()
        #expect(window.length(estimator) == .milliseconds(25))
        #expect(window.hasSeenReordering)
    }
}
