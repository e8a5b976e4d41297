import Testing

@testable import SUDPProtocol

@Suite struct PacketNumberTests {
    @Test func `numbers are ordered by value and counted from one to the next`() {
        let first = PacketNumber(7)
        #expect(first < first.next)
        #expect(first.next.value == 8)
        #expect(first.next.distance(from: first) == 1)
        #expect(first.distance(from: first.next) == 0)
    }
}
