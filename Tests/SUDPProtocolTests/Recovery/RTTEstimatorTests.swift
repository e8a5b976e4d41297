import Testing

@testable import SUDPProtocol

<<<<<<< HEAD
/// RFC 6298 §2, RFC 9002 §5 and §6.2.1.
@Suite struct RTTEstimatorTests {
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
=======
@Suite struct RTTEstimatorTests {
    private func estimator(
        _ milliseconds: [UInt64], ackDelay: TimeSpan = .zero
    ) -> [RTTEstimator] {
        var estimator = RTTEstimator()
        return milliseconds.enumerated().map { index, sample in
            estimator.update(
                .milliseconds(sample), ackDelay: ackDelay,
                now: Instant(nanoseconds: UInt64(index) * 1_000_000_000))
            return estimator
        }
    }

    @Test(
        arguments: [
            ([100, 100, 100], [100, 100, 100], [50, 37.5, 28.125], [300, 250, 212.5]),
            ([100, 200, 100], [100, 112.5, 110.9375], [50, 62.5, 50], [300, 362.5, 310.9375]),
        ] as [([UInt64], [Double], [Double], [Double])])
    func `estimates follow RFC 6298`(
        _ samples: [UInt64], _ smoothed: [Double], _ variation: [Double], _ timeout: [Double]
    ) {
        let estimators = estimator(samples)
        #expect(estimators.map { $0.smoothedRTT.seconds * 1000 } == smoothed)
        #expect(estimators.map { $0.rttVariation.seconds * 1000 } == variation)
        #expect(estimators.map { $0.probeTimeout(maxAckDelay: .zero).seconds * 1000 } == timeout)
    }

    @Test func `without variation the timeout is the granularity above the round trip`() throws {
        let last = try #require(estimator([UInt64](repeating: 10, count: 20)).last)
        #expect(last.rttVariation * 4 < Limits.granularity)
        #expect(last.probeTimeout(maxAckDelay: .zero) == .milliseconds(11))
        #expect(last.probeTimeout(maxAckDelay: .milliseconds(25)) == .milliseconds(36))
    }

    @Test func `before the first sample the timeout is that of RFC 9002`() {
        let fresh = RTTEstimator()
        #expect(!fresh.hasSample)
        #expect(fresh.probeTimeout(maxAckDelay: .zero) == .milliseconds(999))
    }

    @Test func `an ack delay is taken off, but never below the smallest round trip`() throws {
        var estimator = RTTEstimator()
        let start = Instant(nanoseconds: 0)
        estimator.update(.milliseconds(100), ackDelay: .milliseconds(50), now: start)
        #expect(estimator.smoothedRTT == .milliseconds(100))
        estimator.update(.milliseconds(180), ackDelay: .milliseconds(80), now: start)
        #expect(estimator.smoothedRTT == .milliseconds(100))
        estimator.update(.milliseconds(180), ackDelay: .milliseconds(81), now: start)
        #expect(estimator.smoothedRTT == .milliseconds(110))
        #expect(estimator.minRTT == .milliseconds(100))
    }

    @Test(arguments: [TimeSpan.zero, .seconds(5), TimeSpan(nanoseconds: .max)])
    func `lies about the delay never make a round trip of nothing`(_ delay: TimeSpan) {
        for estimator in estimator([0, 0, 7, 0, 100_000], ackDelay: delay) {
            #expect(estimator.minRTT > .zero)
            #expect(estimator.latestRTT > .zero)
            #expect(estimator.smoothedRTT >= .zero)
            #expect(estimator.probeTimeout(maxAckDelay: .zero) >= Limits.granularity)
        }
    }

    @Test func `the smallest round trip starts anew after persistent congestion`() throws {
        var last = try #require(estimator([10, 500]).last)
        #expect(last.minRTT == .milliseconds(10))
        last.resetMinimum()
        #expect(last.minRTT == .milliseconds(500))
    }
>>>>>>> 0d41ff76002d33ffdd3f294e443c25c9d780a1d0
}
