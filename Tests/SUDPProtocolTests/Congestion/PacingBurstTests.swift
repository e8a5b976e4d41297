import Testing

@testable import SUDPProtocol

@Suite struct PacingBurstTests {
    private static let size = 1200

    private func burst(_ megabitsPerSecond: Double, _ roundTrip: TimeSpan) -> PacingBurst {
        PacingBurst(
            rate: megabitsPerSecond / 8000, datagramSize: Self.size, roundTrip: roundTrip)
    }

    @Test(
        arguments: [
            (0, 3125), (1_000, 3125), (4_000, 3125), (8_000, 6250), (16_000, 12_500),
            (40_000, 12_500), (10_000_000, 12_500),
        ] as [(UInt64, Int)])
    func `a burst takes a sixteenth of the round trip, within 0.25 and 1 ms`(
        microseconds: UInt64, quantum: Int
    ) {
        #expect(burst(100, .microseconds(microseconds)).quantum == quantum)
    }

    @Test(
        arguments: [(0.1, 1200), (9, 1200), (20, 2500), (200, 25_000), (300, 32_768)]
            as [(Double, Int)])
    func `a burst on a long path is a datagram at least and half of the credit at most`(
        rate: Double, quantum: Int
    ) {
        #expect(burst(rate, .milliseconds(40)).quantum == quantum)
    }

    @Test(
        arguments: [(1000, 32_768), (2000, 62_500), (8000, 250_000), (100_000, 262_144)]
            as [(Double, Int)])
    func `a fast path gets what it takes a quarter of a millisecond to send`(
        rate: Double, quantum: Int
    ) {
        #expect(burst(rate, .milliseconds(40)).quantum == quantum)
    }

    @Test(arguments: [0.001, 1, 20, 60, 100, 300, 500], [0, 2, 10, 20, 300] as [UInt64])
    func `a release that comes a quantum late costs no credit`(rate: Double, roundTrip: UInt64) {
        let burst = burst(rate, .milliseconds(roundTrip))
        #expect(Double(2 * burst.quantum) <= burst.most)
    }

    @Test func `rates without sense give sensible bursts`() {
        for rate in [0, 1e300] {
            let burst = PacingBurst(
                rate: rate, datagramSize: Self.size, roundTrip: TimeSpan(nanoseconds: .max))
            #expect((Self.size...262_144).contains(burst.quantum))
            #expect(burst.most >= 12_000 && burst.most <= 262_144)
        }
    }
}
