import Testing

@testable import SUDPProtocol

@Suite struct HyStartTests {
    /// A class so that expectations can contain what it does.
    private final class Flow {
        private var hyStart = HyStart()
        private var delivered: UInt64 = 0

        var growthDivisor: Int { hyStart.growthDivisor }

        /// Ten acknowledgements with this round trip; true when slow start is over.
        func round(_ milliseconds: UInt64) -> Bool {
            let start = delivered
            var isOver = false
            for index in 0..<10 {
                delivered += 1000
                var sample = RateSample()
                sample.priorDelivered = index == 0 ? start : start - min(start, 1)
                sample.totalDelivered = delivered
                sample.newlyAcked = 1000
                let summary = AckSummary(
                    rate: sample, rttSample: .milliseconds(milliseconds),
                    smoothedRTT: .milliseconds(milliseconds), bytesInFlight: 0,
                    isWindowLimited: true, now: Instant(nanoseconds: 0))
                isOver = hyStart.update(summary) || isOver
            }
            return isOver
        }
    }

    @Test func `a round trip that grew slows growth and ends it after five rounds`() {
        let flow = Flow()
        #expect(!flow.round(200))
        #expect(!flow.round(200))
        #expect(flow.growthDivisor == 1)
        #expect(!flow.round(240))
        #expect(flow.growthDivisor == 4)
        let ends = (0..<5).map { _ in flow.round(240) }
        #expect(ends == [false, false, false, false, true])
    }

    @Test func `a delay that passes lets growth go on`() {
        let flow = Flow()
        for delay in [200, 240] as [UInt64] { _ = flow.round(delay) }
        #expect(flow.growthDivisor == 4)
        _ = flow.round(200)
        #expect(flow.growthDivisor == 1)
    }

    @Test(arguments: [(10, 13, 1), (10, 14, 4), (100, 111, 1), (100, 113, 4), (400, 417, 4)])
    func `what counts as growth depends on the round trip`(
        before: UInt64, after: UInt64, divisor: Int
    ) {
        let flow = Flow()
        _ = flow.round(before)
        _ = flow.round(after)
        #expect(flow.growthDivisor == divisor)
    }

    @Test func `a round trip that falls changes nothing`() {
        let flow = Flow()
        for delay in [200, 150, 100, 50] as [UInt64] {
            #expect(!flow.round(delay))
            #expect(flow.growthDivisor == 1)
        }
    }
}
