import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct ReceiveWindowTests {
    private static let start = Instant(nanoseconds: 1_000_000_000)
    private static let rtt = TimeSpan.milliseconds(100)

    @Test func `the limit moves in steps of a quarter window`() {
        var window = ReceiveWindow(size: 1000, maximumSize: 1000)
        #expect(window.limit == 1000)
        window.onConsumed(to: 249, now: Self.start, smoothedRTT: Self.rtt)
        #expect(!window.isUpdatePending)
        window.onConsumed(to: 250, now: Self.start, smoothedRTT: Self.rtt)
        #expect(window.isUpdatePending)
        #expect(window.limit == 1250)
        window.onUpdateSent()
        #expect(!window.isUpdatePending)
        window.onUpdateLost()
        #expect(window.isUpdatePending)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `the limit never moves back and never runs away`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var window = ReceiveWindow(size: 1000, maximumSize: 8000)
        var consumed: UInt64 = 0
        var now = Self.start
        for _ in 0..<2000 {
            let before = window.limit
            now = now + random.span(below: .milliseconds(400))
            consumed = min(consumed + random.below(900), window.limit)
            window.onConsumed(to: consumed, now: now, smoothedRTT: Self.rtt)
            #expect(window.limit >= before)
            #expect(window.limit <= consumed + 8000)
            #expect(window.limit > consumed)
            #expect(window.size <= 8000)
        }
    }

    /// Consumes half windows one after the other, each taking `span`; the sizes after each.
    private func sizes(_ span: (UInt64) -> TimeSpan, steps: Int = 12) -> [UInt64] {
        var window = ReceiveWindow(size: 1000, maximumSize: 16_000)
        var consumed: UInt64 = 0
        var now = Self.start
        return (0..<steps).map { _ in
            let half = window.size / 2
            consumed += half
            now = now + span(half)
            window.onConsumed(to: consumed, now: now, smoothedRTT: Self.rtt)
            return window.size
        }
    }

    @Test func `a stream that is held back by the window makes it grow to its limit`() {
        #expect(sizes { _ in .milliseconds(50) }.last == 16_000)
    }

    @Test func `a slow reader does not make it grow`() {
        #expect(Set(sizes { _ in .milliseconds(250) }) == [1000])
    }

    @Test func `it stops growing when growth made nothing faster`() {
        // 10 bytes per millisecond whatever the window is.
        #expect((sizes { .microseconds(100 * $0) }.last ?? 0) < 8000)
    }
}
