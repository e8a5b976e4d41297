import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct PacketNumberEncodingTests {
    private static let window: UInt64 = 1 << 32
    private static let limit: UInt64 = 1 << 62

    /// RFC 9000 appendix A.3 in words: of all numbers with these low bits the closest one.
    private func closest(_ truncated: UInt32, to expected: UInt64) -> UInt64 {
        let base = expected / Self.window
        let candidates = [base &- 1, base, base + 1].filter { $0 < Self.limit / Self.window }
            .map { $0 * Self.window + UInt64(truncated) }
        func distance(_ value: UInt64) -> UInt64 {
            value > expected ? value - expected : expected - value
        }
        // On a tie the pseudocode prefers the later number.
        return candidates.reversed().min { distance($0) < distance($1) } ?? 0
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `random numbers expand to the closest candidate`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<5000 {
            let expected = random.below(Self.limit) >> random.below(62)
            let truncated = UInt32(truncatingIfNeeded: random.next())
            let number = PacketNumber.expand(truncated, expected: expected)
            #expect(number == closest(truncated, to: expected))
            #expect(UInt32(truncatingIfNeeded: number) == truncated)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `whatever is less than half a window away comes back`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<5000 {
            let expected = random.below(Self.limit - Self.window)
            let shift = random.below(Self.window / 2 - 1)
            let number = random.chance(0.5) ? expected + shift : expected - min(shift, expected)
            let truncated = UInt32(truncatingIfNeeded: number)
            #expect(PacketNumber.expand(truncated, expected: expected) == number)
        }
    }

    @Test(
        arguments: [
            (0, 0, 0), (0xffff_ffff, 0, 0xffff_ffff), (0, 1 << 32, 1 << 32),
            (0xffff_ffff, 1 << 32, (1 << 32) - 1), (1, (1 << 32) - 1, (1 << 32) + 1),
            (0xffff_ffff, (1 << 62) - 1, (1 << 62) - 1), (0, (1 << 62) - 1, (1 << 62) - (1 << 32)),
        ] as [(UInt32, UInt64, UInt64)])
    func `the edges are where they should be`(
        _ truncated: UInt32, _ expected: UInt64, _ number: UInt64
    ) {
        #expect(PacketNumber.expand(truncated, expected: expected) == number)
    }
}
