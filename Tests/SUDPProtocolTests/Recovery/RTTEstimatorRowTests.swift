import Testing

@testable import SUDPProtocol

/// RFC 6298 §2, RFC 9002 §5 and §6.2.1.
@Suite struct RTTEstimatorRowTests {
    @Test func `equal samples narrow the variation by a quarter each`() {
        let steps = estimates(after: [100, 100, 100])

        #expect(steps.map(\.smoothed) == [100, 100, 100])
        #expect(steps.map(\.variation) == [50, 37.5, 28.125])
        #expect(steps.map(\.timeout) == [300, 250, 212.5])
    }

    @Test func `samples that jump widen it`() {
        let steps = estimates(after: [100, 200, 100])

        #expect(steps.map(\.smoothed) == [100, 112.5, 110.9375])
        #expect(steps.map(\.variation) == [50, 62.5, 50])
        #expect(steps.map(\.timeout) == [300, 362.5, 310.9375])
    }

    @Test func `a steady path leaves the granularity of the clock`() throws {
        let last = try #require(estimates(after: Array(repeating: 10, count: 20)).last)

        #expect(last.smoothed == 10)
        #expect(last.timeout == 11)
    }

    @Test func `before the first sample the probe timeout is three times 333 ms`() {
        let estimator = RTTEstimator()

        #expect(estimator.probeTimeout(maxAckDelay: .zero) == .milliseconds(999))
        #expect(!estimator.hasSample)
    }

    @Test func `the peer's delay is taken off unless that falls below the smallest sample`() {
        var estimator = RTTEstimator()
        estimator.update(.milliseconds(100), ackDelay: .milliseconds(50), now: now)
        #expect(estimator.smoothedRTT == .milliseconds(100))

        estimator.update(.milliseconds(125), ackDelay: .milliseconds(25), now: now)
        #expect(estimator.smoothedRTT == .milliseconds(100))
        #expect(estimator.latestRTT == .milliseconds(125))

        estimator.update(.milliseconds(108), ackDelay: .milliseconds(25), now: now)
        #expect(estimator.smoothedRTT == .milliseconds(101))
    }

    @Test func `the smallest sample starts anew after persistent congestion`() {
        var estimator = RTTEstimator()
        estimator.update(.milliseconds(10), ackDelay: .zero, now: now)
        estimator.update(.milliseconds(50), ackDelay: .zero, now: now)
        #expect(estimator.minRTT == .milliseconds(10))

        estimator.resetMinimum()

        #expect(estimator.minRTT == .milliseconds(50))
    }

    private let now = Instant(nanoseconds: 1_000_000_000)

    private struct Estimate {
        var smoothed: Double
        var variation: Double
        var timeout: Double
    }

    /// In milliseconds, after each sample.
    private func estimates(after samples: [UInt64]) -> [Estimate] {
        var estimator = RTTEstimator()
        return samples.map { sample in
            estimator.update(.milliseconds(sample), ackDelay: .zero, now: now)
            return Estimate(
                smoothed: estimator.smoothedRTT.seconds * 1000,
                variation: estimator.rttVariation.seconds * 1000,
                timeout: estimator.probeTimeout(maxAckDelay: .zero).seconds * 1000)
        }
    }
}
