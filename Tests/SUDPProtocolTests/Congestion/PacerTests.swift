import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct PacerTests {
    private static let size = 1200
    private static let start = Instant(nanoseconds: 5_000_000_000)

    private static func burst(_ rate: Double) -> PacingBurst {
        PacingBurst(rate: rate, datagramSize: size, roundTrip: .zero)
    }

    @Test func `the rate is a little more than a window per round trip`() {
        let rate = Pacer.rate(
            window: 100_000, isInSlowStart: false, smoothedRTT: .milliseconds(100))
        #expect(rate == 1.25 * 100_000 / 1e8)
        let starting = Pacer.rate(
            window: 100_000, isInSlowStart: true, smoothedRTT: .milliseconds(100))
        #expect(starting == 2 * 100_000 / 1e8)
        #expect(Pacer.rate(window: 1, isInSlowStart: false, smoothedRTT: .zero).isFinite)
    }

    @Test(arguments: [1e-6, 1e-3, 0.1, 10], [0, 100] as [UInt64])
    func `over time no more goes than the rate and one burst`(_ rate: Double, roundTrip: UInt64) {
        var random = SeededRandom(seed: 3)
        var pacer = Pacer()
        var now = Self.start
        var sent = 0.0
        let burst = PacingBurst(
            rate: rate, datagramSize: Self.size, roundTrip: .milliseconds(roundTrip))
        for _ in 0..<2000 {
            now = now + random.span(below: .milliseconds(3))
            var allowance = pacer.allowance(rate: rate, burst: burst, now: now)
            while allowance >= Self.size {
                pacer.onSent(Self.size)
                sent += Double(Self.size)
                allowance -= Self.size
            }
            let elapsed = Double((now - Self.start).nanoseconds)
            #expect(sent <= burst.most + elapsed * rate + 1)
        }
    }

    @Test func `idle time saves up one burst and not more`() {
        var pacer = Pacer()
        let rate = 0.001
        let allowance = pacer.allowance(
            rate: rate, burst: Self.burst(rate), now: Self.start + .seconds(3600))
        #expect(allowance == 10 * Self.size)
    }

    @Test(arguments: [1e-5, 0.00123, 0.7, 3.3])
    func `at the time it names the bytes may go`(_ rate: Double) {
        var pacer = Pacer()
        let tokens = pacer.allowance(rate: rate, burst: Self.burst(rate), now: Self.start)
        pacer.onSent(400_000)
        var now = Self.start
        var waits = 0
        while pacer.allowance(rate: rate, burst: Self.burst(rate), now: now) < Self.size {
            let next = pacer.nextSendTime(bytes: Self.size, rate: rate)
            #expect(next > now)
            now = next
            waits += 1
            #expect(waits < 30_000)
        }
        let needed = Double(400_000 - tokens + Self.size) / rate
        let waited = Double((now - Self.start).nanoseconds)
        #expect(waited > needed - 2 && waited < needed * 1.001 + 10)
    }

    @Test func `credit that ran out is saved to a quantum, which then is spent to the end`() {
        var pacer = Pacer()
        let quantum = 200_000
        let rate = 2.0
        let full = pacer.allowance(rate: rate, burst: Self.burst(rate), now: Self.start)
        #expect(full > quantum)
        #expect(pacer.threshold(quantum: quantum, datagramSize: Self.size) == Self.size)
        pacer.onSent(full - 70_000)
        #expect(pacer.threshold(quantum: quantum, datagramSize: Self.size) == Self.size)
        pacer.onSent(60_000)
        #expect(pacer.threshold(quantum: quantum, datagramSize: Self.size) == quantum)
        let later = Self.start + .microseconds(90)
        let saved = pacer.allowance(rate: rate, burst: Self.burst(rate), now: later)
        #expect(saved == 190_000)
        #expect(pacer.threshold(quantum: quantum, datagramSize: Self.size) == quantum)
        _ = pacer.allowance(rate: rate, burst: Self.burst(rate), now: later + .microseconds(5))
        #expect(pacer.threshold(quantum: quantum, datagramSize: Self.size) == Self.size)
    }

    @Test func `a rate of zero releases nothing`() {
        var pacer = Pacer()
        pacer.onSent(1_000_000)
        #expect(pacer.allowance(rate: 0, burst: Self.burst(0), now: Self.start) == 0)
        #expect(pacer.nextSendTime(bytes: Self.size, rate: 0) == Self.start)
    }
}
