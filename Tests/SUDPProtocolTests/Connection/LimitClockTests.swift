import Testing

@testable import SUDPProtocol

@Suite struct LimitClockTests {
    @Test func `time is counted for what held sending back`() {
        var clock = LimitClock()
        func at(_ seconds: UInt64) -> Instant { Instant(nanoseconds: seconds * 1_000_000_000) }
        clock.note(.application, now: at(100))
        clock.note(.pacing, now: at(101))
        clock.note(nil, now: at(103))
        clock.note(.congestion, now: at(200))
        clock.note(.congestion, now: at(201))
        clock.note(.flowControl, now: at(204))
        clock.note(.application, now: at(212))
        clock.note(nil, now: at(228))
        #expect(clock.application == .seconds(17))
        #expect(clock.pacing == .seconds(2))
        #expect(clock.congestion == .seconds(4))
        #expect(clock.flowControl == .seconds(8))
    }

    @Test func `before the first note nothing is counted`() {
        var clock = LimitClock()
        clock.note(.pacing, now: Instant(nanoseconds: 1 << 60))
        #expect(clock.application == .zero)
        #expect(clock.pacing == .zero)
    }
}
