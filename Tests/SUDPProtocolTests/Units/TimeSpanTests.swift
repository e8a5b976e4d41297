import Testing

@testable import SUDPProtocol

@Suite struct TimeSpanTests {
    private static let longest = TimeSpan(nanoseconds: .max)

    @Test func `units are multiples of a nanosecond`() {
        #expect(TimeSpan.microseconds(3).nanoseconds == 3000)
        #expect(TimeSpan.milliseconds(3).nanoseconds == 3_000_000)
        #expect(TimeSpan.seconds(3).nanoseconds == 3_000_000_000)
        #expect(TimeSpan.milliseconds(1500).seconds == 1.5)
    }

    @Test func `what does not fit becomes the longest time`() {
        #expect(TimeSpan.microseconds(.max) == Self.longest)
        #expect(TimeSpan.milliseconds(1 << 62) == Self.longest)
        #expect(TimeSpan.seconds(.max) == Self.longest)
        #expect(Self.longest + Self.longest == Self.longest)
        #expect(Self.longest * 2 == Self.longest)
        #expect(Self.longest * 0 == .zero)
    }

    @Test func `a difference is never negative`() {
        #expect(TimeSpan.seconds(3) - .seconds(1) == .seconds(2))
        #expect(TimeSpan.seconds(1) - .seconds(3) == .zero)
    }

    @Test func `a division by zero changes nothing`() {
        #expect(TimeSpan.seconds(4) / 2 == .seconds(2))
        #expect(TimeSpan.seconds(4) / 0 == .seconds(4))
    }
}
