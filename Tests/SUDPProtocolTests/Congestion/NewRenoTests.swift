import Testing

@testable import SUDPProtocol

@Suite struct NewRenoTests {
    private static let size = 1000
    private static let start = Instant(nanoseconds: 1_000_000_000)

    private func usage(packets: Int, windowPackets: Int) -> WindowUsage {
        var usage = WindowUsage()
        usage.onSent(
            bytesInFlight: packets * Self.size, window: windowPackets * Self.size,
            datagramSize: Self.size)
        return usage
    }

    private func later(_ milliseconds: UInt64) -> Instant {
        Self.start + .milliseconds(milliseconds)
    }

    /// Whether a loss begins a recovery.
    private func begins(
        _ reno: inout NewReno, sent: Instant, now: Instant
    ) -> Bool {
        reno.onLost(newestSentTime: sent, now: now)
    }

    /// The window in packets after each acknowledgement of `packets`.
    private func windows(
        _ reno: inout NewReno, acks: Int, of packets: Int, usage: WindowUsage
    ) -> [Int] {
        (0..<acks).map { _ in
            for _ in 0..<packets {
                reno.onAcked(Self.size, sentTime: later(500), usage: usage)
            }
            return reno.window / Self.size
        }
    }

    @Test(
        arguments: [(1, [11, 12, 13]), (2, [12, 14, 16]), (4, [14, 18, 20])] as [(Int, [Int])])
    func `slow start grows by what is acknowledged`(_ packets: Int, _ expected: [Int]) {
        var reno = NewReno(datagramSize: Self.size)
        let usage = usage(packets: 10, windowPackets: 10)
        #expect(windows(&reno, acks: 3, of: packets, usage: usage) == expected)
    }

    @Test(arguments: [(10, [12, 14, 16, 18, 20]), (9, [12, 14, 16, 18, 18])] as [(Int, [Int])])
    func `a window that is not used does not grow beyond twice the use`(
        _ packets: Int, _ expected: [Int]
    ) {
        var reno = NewReno(datagramSize: Self.size)
        let usage = usage(packets: packets, windowPackets: 10)
        #expect(windows(&reno, acks: 5, of: 2, usage: usage) == expected)
    }

    @Test func `congestion avoidance grows by one packet per window`() {
        var reno = NewReno(datagramSize: Self.size)
        #expect(begins(&reno, sent: Self.start, now: later(100)))
        #expect(!reno.isInSlowStart)
        let usage = usage(packets: 5, windowPackets: 5)
        #expect(windows(&reno, acks: 3, of: 5, usage: usage) == [6, 6, 7])
        #expect(
            windows(&reno, acks: 10, of: 1, usage: self.usage(packets: 1, windowPackets: 7))
                .last == 7)
    }

    @Test func `a round trip with losses halves the window once`() {
        var reno = NewReno(datagramSize: Self.size)
        #expect(begins(&reno, sent: Self.start, now: later(100)))
        #expect(reno.window == 5 * Self.size)
        #expect(!begins(&reno, sent: later(50), now: later(110)))
        #expect(!begins(&reno, sent: later(100), now: later(110)))
        #expect(reno.window == 5 * Self.size)
        #expect(reno.congestionEvents == 1)
        #expect(begins(&reno, sent: later(101), now: later(200)))
        #expect(reno.window == 2500)
        #expect(reno.congestionEvents == 2)
    }

    @Test func `what was sent before the recovery does not grow the window`() {
        var reno = NewReno(datagramSize: Self.size)
        #expect(begins(&reno, sent: Self.start, now: later(100)))
        let usage = usage(packets: 10, windowPackets: 10)
        for _ in 0..<20 { reno.onAcked(Self.size, sentTime: later(100), usage: usage) }
        #expect(reno.window == 5 * Self.size)
    }

    @Test func `the window never falls below two packets`() {
        var reno = NewReno(datagramSize: Self.size)
        for round in 0..<20 as Range<UInt64> {
            _ = reno.onLost(newestSentTime: later(200 * round + 1), now: later(200 * round + 2))
        }
        #expect(reno.window == 2 * Self.size)
    }

    @Test func `a reduction is undone once`() {
        var reno = NewReno(datagramSize: Self.size)
        #expect(begins(&reno, sent: Self.start, now: later(100)))
        #expect(reno.window == 5 * Self.size)
        reno.undo()
        #expect(reno.window == 10 * Self.size)
        #expect(reno.isInSlowStart)
        #expect(reno.recoveryStartTime == nil)
        reno.undo()
        #expect(reno.window == 10 * Self.size)
    }

    @Test func `persistent congestion leaves two packets and nothing to undo`() {
        var reno = NewReno(datagramSize: Self.size)
        #expect(begins(&reno, sent: Self.start, now: later(100)))
        reno.onPersistentCongestion()
        #expect(reno.window == 2 * Self.size)
        #expect(reno.isInSlowStart)
        reno.undo()
        #expect(reno.window == 2 * Self.size)
    }

    @Test func `the window has an upper limit`() {
        var reno = NewReno(datagramSize: Self.size)
        let most = Limits.maximumWindowPackets
        let usage = usage(packets: most, windowPackets: most)
        reno.onAcked(Int(Int32.max), sentTime: later(500), usage: usage)
        #expect(reno.window == most * Self.size)
    }
}
