import Testing

@testable import SUDPProtocol

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
}
