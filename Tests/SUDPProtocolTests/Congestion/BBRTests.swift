import Testing

@testable import SUDPProtocol

@Suite struct BBRTests {
    private static let size = 1000
    /// Bytes per nanosecond: 10 MB/s, so that 100 ms hold a million bytes.
    private static let rate = 0.01
    private static let start = Instant(nanoseconds: 1_000_000_000)

    /// A BBR flow with a path that delivers a round at a time.
    ///
    /// A class so that expectations can contain what it does.
    private final class Flow {
        var bbr = BBR(datagramSize: BBRTests.size, seed: 7)
        var delivered: UInt64 = 0
        var lost: UInt64 = 0
        var now = BBRTests.start

        /// A round trip that delivers at this rate and measures this round-trip time.
        func round(rate: Double, milliseconds: UInt64 = 100, inFlight: Int? = nil) {
            now = now + .milliseconds(milliseconds)
            let before = delivered
            let acked = Int(rate * Double(milliseconds) * 1e6)
            delivered += UInt64(acked)
            var sample = RateSample()
            (sample.rate, sample.delivered, sample.newlyAcked) = (rate, UInt64(acked), acked)
            (sample.priorDelivered, sample.totalDelivered) = (before, delivered)
            sample.sentInFlight = acked
            bbr.onAck(
                AckSummary(
                    rate: sample, rttSample: .milliseconds(milliseconds),
                    smoothedRTT: .milliseconds(milliseconds), bytesInFlight: inFlight ?? acked,
                    isWindowLimited: false, now: now))
        }

        func lose(_ count: Int) {
            _ = bbr.beginRecovery(newestSentTime: now, now: now)
            for _ in 0..<count {
                lost += UInt64(BBRTests.size)
                bbr.onLost(
                    BBRTests.size, isNewStretch: true,
                    snapshot: DeliveryRate.Snapshot(
                        delivered: delivered, lost: 0, deliveredTime: now, firstSentTime: now,
                        inFlight: 1_000_000, isAppLimited: false,
                        isProbe: bbr.phase == .up, isCapable: false),
                    delivered: delivered, totalLost: lost, now: now)
            }
        }

        func run(rounds: Int, until phase: BBR.Phase) -> Bool {
            for _ in 0..<rounds where bbr.phase != phase { round(rate: BBRTests.rate) }
            return bbr.phase == phase
        }
    }

    @Test func `the start doubles the rate and ends after three rounds without growth`() {
        let flow = Flow()
        for rate in [0.001, 0.002, 0.004, 0.008] { flow.round(rate: rate) }
        #expect(flow.bbr.phase == .startup)
        #expect(flow.bbr.pacingRate > 2.7 * 0.008)
        for _ in 0..<4 { flow.round(rate: Self.rate, inFlight: 2_000_000) }
        #expect(flow.bbr.phase == .drain)
        #expect(flow.bbr.pacingRate < 0.51 * Self.rate)
        flow.round(rate: Self.rate, inFlight: 900_000)
        #expect(flow.bbr.phase == .cruise || flow.bbr.phase == .down)
    }

    @Test func `a queue that others fill is not waited for`() {
        let flow = Flow()
        for _ in 0..<4 { flow.round(rate: Self.rate, inFlight: 2_000_000) }
        #expect(flow.bbr.phase == .drain)
        for _ in 0..<3 { flow.round(rate: Self.rate, inFlight: 2_000_000) }
        #expect(flow.bbr.phase == .drain)
        flow.round(rate: Self.rate, inFlight: 2_000_000)
        #expect(flow.bbr.phase == .down)
    }

    @Test func `it cruises at the bandwidth and probes within 63 rounds and three seconds`() {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        flow.round(rate: Self.rate, inFlight: 900_000)
        #expect(abs(flow.bbr.pacingRate - 0.99 * Self.rate) < 1e-6)
        #expect(flow.run(rounds: 40, until: .up))
        flow.round(rate: Self.rate)
        #expect(abs(flow.bbr.pacingRate - 1.25 * 0.99 * Self.rate) < 1e-6)
        #expect(flow.run(rounds: 10, until: .cruise))
    }

    @Test func `the smallest round trip is sought again when none came near it`() {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        for _ in 0..<45 where flow.bbr.phase != .probeRTT {
            flow.round(rate: Self.rate, milliseconds: 130)
        }
        #expect(flow.bbr.phase == .probeRTT)
        flow.round(rate: Self.rate, inFlight: 1_000_000)
        #expect(flow.bbr.window <= 700_000)
        for _ in 0..<5 { flow.round(rate: Self.rate, milliseconds: 100, inFlight: 100_000) }
        #expect(flow.bbr.phase != .probeRTT)
    }

    /// Rounds of a path whose queue others fill, up to the end of a search for the round trip.
    private func search(_ flow: Flow, milliseconds: UInt64) {
        for _ in 0..<300 where flow.bbr.phase != .probeRTT {
            flow.round(rate: Self.rate / 4, milliseconds: 400)
        }
        for _ in 0..<9 where flow.bbr.phase == .probeRTT {
            flow.round(rate: Self.rate / 4, milliseconds: milliseconds, inFlight: 4_000)
        }
    }

    @Test func `where others keep the queue full it has in flight what CUBIC would`() throws {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        search(flow, milliseconds: 400)
        let cubic = try #require(flow.bbr.competition.cubic)
        // What keeps the bandwidth at this round trip, not what an empty path would hold.
        #expect(cubic.window >= 1_000_000)
        flow.round(rate: Self.rate / 4, milliseconds: 400)
        #expect(flow.bbr.window >= cubic.window)
        #expect(flow.bbr.pacingRate * 4e8 >= Double(cubic.window))
        flow.lose(1)
        #expect(try #require(flow.bbr.competition.cubic).window < cubic.window)
        search(flow, milliseconds: 110)
        #expect(!flow.bbr.competition.isOn)
    }

    @Test func `a queue that looks full is searched for its cause at once, then less and less`() {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        var searches: [Double] = []
        for _ in 0..<60 {
            let phase = flow.bbr.phase
            flow.round(rate: Self.rate / 4, milliseconds: 400)
            guard phase != .probeRTT, flow.bbr.phase == .probeRTT else { continue }
            searches.append((flow.now - Self.start).seconds)
            // The queue is this flow's own: it is gone when little is in flight.
            for _ in 0..<9 where flow.bbr.phase == .probeRTT {
                flow.round(rate: Self.rate / 4, milliseconds: 100, inFlight: 4_000)
            }
        }
        let waits = zip(searches.dropFirst(), searches).map { $0 - $1 }
        #expect(waits.count >= 3)
        #expect(waits[0] >= 2 && waits[0] < 3.5 && waits[1] >= 4 && waits[2] >= 5)
        #expect(!flow.bbr.competition.isOn)
    }

    @Test(arguments: [(150, false), (210, true)] as [(UInt64, Bool)])
    func `a search in a long queue forgets what the flow got before`(
        milliseconds: UInt64, forgets: Bool
    ) {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        for _ in 0..<60 where flow.bbr.phase != .probeRTT {
            flow.bbr.bandwidths.add(Self.rate)
            flow.round(rate: Self.rate / 2, milliseconds: milliseconds)
        }
        #expect(flow.bbr.phase == .probeRTT)
        #expect((flow.bbr.bandwidths.value < Self.rate) == forgets)
    }

    @Test func `a path that became longer for good is not taken for a full queue for ever`() {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        search(flow, milliseconds: 400)
        #expect(flow.bbr.competition.isOn)
        for _ in 0..<5 { search(flow, milliseconds: 400) }
        #expect(!flow.bbr.competition.isOn)
        search(flow, milliseconds: 400)
        #expect(!flow.bbr.competition.isOn)
    }

    @Test func `a path that takes longer holds more`() {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        flow.bbr.bounds.longTermInFlight = 900_000
        for _ in 0..<200 { flow.round(rate: Self.rate / 2, milliseconds: 200, inFlight: 100_000) }
        #expect(flow.bbr.minimumRTT.value == .milliseconds(200))
        #expect((1_700_000...3_700_000).contains(flow.bbr.bounds.longTermInFlight))
    }

    @Test func `losses without a queue change nothing but what is sent in their place`() {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        flow.lose(100)
        flow.round(rate: Self.rate)
        #expect(flow.bbr.bandwidth == Self.rate)
        #expect(flow.bbr.bounds.longTermInFlight.isInfinite)
        #expect(flow.bbr.recovery.congestionEvents == 0)
    }

    @Test func `losses with a queue lower the bounds, and their arrival restores them`() {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        for _ in 0..<2 { flow.round(rate: 0.5 * Self.rate, milliseconds: 140) }
        flow.lose(50)
        flow.round(rate: 0.5 * Self.rate, milliseconds: 140)
        #expect(flow.bbr.bandwidth < Self.rate)
        #expect(flow.bbr.recovery.congestionEvents == 1)
        flow.bbr.undo(now: flow.now)
        #expect(flow.bbr.bandwidth == Self.rate)
    }

    @Test func `a probe that loses much with a queue ends and bounds what is in flight`() {
        let flow = Flow()
        #expect(flow.run(rounds: 60, until: .up))
        flow.round(rate: Self.rate, milliseconds: 140)
        flow.lose(5)
        #expect(flow.bbr.phase == .up)
        flow.lose(50)
        #expect(flow.bbr.phase == .down)
        #expect(flow.bbr.bounds.longTermInFlight <= 1_000_000)
    }

    @Test func `persistent congestion leaves four packets`() {
        let flow = Flow()
        #expect(flow.run(rounds: 20, until: .cruise))
        flow.bbr.onPersistentCongestion()
        #expect(flow.bbr.window == 4 * Self.size)
        flow.round(rate: 0.00004)
        #expect(flow.bbr.window == 8 * Self.size)
    }
}
