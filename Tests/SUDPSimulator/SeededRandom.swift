package import SUDPProtocol

/// A pseudo-random sequence that its seed determines: xoshiro256**, seeded by splitmix64.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    package init(seed: UInt64) {
        var counter = seed
        a = Self.splitMix(&counter)
        b = Self.splitMix(&counter)
        c = Self.splitMix(&counter)
        d = Self.splitMix(&counter)
    }

    package mutating func next() -> UInt64 {
        let product = b &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = d << 45 | d >> 19
        return result
    }

    /// A number from 0 to `bound` - 1; 0 when `bound` is 0.
    package mutating func below(_ bound: UInt64) -> UInt64 {
        next().multipliedFullWidth(by: bound).high
    }

    /// A number of the range.
    package mutating func pick(_ range: ClosedRange<UInt64>) -> UInt64 {
        let (width, overflow) = (range.upperBound - range.lowerBound).addingReportingOverflow(1)
        return range.lowerBound &+ (overflow ? next() : below(width))
    }

    /// True with this probability.
    package mutating func chance(_ probability: Double) -> Bool {
        Double(next() >> 11) * 0x1p-53 < probability
    }

    /// A length of time from zero to just under `limit`.
    package mutating func span(below limit: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: below(limit.nanoseconds))
    }

    /// The next bytes of the sequence.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// A sequence of its own that this one determines.
    package mutating func fork() -> SeededRandom {
        SeededRandom(seed: next())
    }

    static func splitMix(_ counter: inout UInt64) -> UInt64 {
        counter &+= 0x9e37_79b9_7f4a_7c15
        var word = counter
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}
