import Testing

@testable import SUDPProtocol

@Suite struct PathQueueTests {
    private static let minimum = TimeSpan.milliseconds(30)

    /// A queue that 100 rounds went through, every n-th of them with a loss.
    private func queue(
        lossEvery interval: Int, milliseconds: UInt64 = 60, isCalm: Bool = true
    ) -> PathQueue {
        var queue = PathQueue()
        queue.update(
            smoothedRTT: .milliseconds(milliseconds), sample: nil, minimum: Self.minimum)
        for round in 0..<100 {
            queue.update(
                lost: round % interval == 0 ? 1200 : 0, isCalm: isCalm, isRoundStart: false)
            queue.update(lost: 0, isCalm: isCalm, isRoundStart: true)
        }
        return queue
    }

    @Test func `a queue is what exceeds the smallest round trip by a quarter`() {
        var queue = PathQueue()
        queue.update(smoothedRTT: .milliseconds(37), sample: nil, minimum: Self.minimum)
        #expect(!queue.isGrown)
        queue.update(smoothedRTT: .milliseconds(38), sample: nil, minimum: Self.minimum)
        #expect(queue.isGrown)
        queue.update(
            smoothedRTT: .milliseconds(60), sample: .milliseconds(31), minimum: Self.minimum)
        #expect(!queue.isGrown)
    }

    @Test(arguments: [(1, true), (3, true), (20, false), (60, false)])
    func `losses every few rounds are those of flows that do not give way`(
        interval: Int, isCrowded: Bool
    ) {
        #expect(queue(lossEvery: interval).isCrowded == isCrowded)
    }

    @Test func `neither a path that loses without a queue nor a probe counts`() {
        #expect(!queue(lossEvery: 1, milliseconds: 31).isCrowded)
        #expect(!queue(lossEvery: 1, isCalm: false).isCrowded)
    }
}
