import Testing

@testable import SUDPProtocol

@Suite struct InstantTests {
    private static let end = Instant(nanoseconds: .max)

    @Test func `a sum beyond the end of time stays there`() {
        #expect(Self.end + .seconds(1) == Self.end)
        #expect(Instant(nanoseconds: 1) + TimeSpan(nanoseconds: .max) == Self.end)
        #expect(Instant(nanoseconds: 1) + TimeSpan(nanoseconds: 2) == Instant(nanoseconds: 3))
    }

    @Test func `a difference is never negative`() {
        let early = Instant(nanoseconds: 5)
        let late = Instant(nanoseconds: 8)
        #expect(late - early == TimeSpan(nanoseconds: 3))
        #expect(early - late == .zero)
        #expect(late - late == .zero)
    }

    @Test func `nothing is earlier than the origin`() {
        let moment = Instant(nanoseconds: 5)
        #expect(moment.earlier(by: TimeSpan(nanoseconds: 2)) == Instant(nanoseconds: 3))
        #expect(moment.earlier(by: TimeSpan(nanoseconds: 5)) == Instant(nanoseconds: 0))
        #expect(moment.earlier(by: TimeSpan(nanoseconds: .max)) == Instant(nanoseconds: 0))
    }
}
