import Testing

@testable import SUDPProtocol

/// RFC 9000 A.3 with four bytes on the wire.
@Suite struct PacketNumberTests {
    @Test(arguments: [1 << 32, 1 << 33, 1 << 53, 1 << 61] as [UInt64])
    func `a truncated number is exact across the wrap of its bytes`(wrap: UInt64) {
        for number in stride(from: wrap - 1500, through: wrap + 1500, by: 1) {
            for expected in [number - 1000, number - 1, number, number + 1, number + 1000] {
                let truncated = UInt32(truncatingIfNeeded: number)
                #expect(PacketNumber.expand(truncated, expected: expected) == number)
            }
        }
    }

    @Test func `the first numbers are exact`() {
        for number in UInt64(0)..<100 {
            #expect(PacketNumber.expand(UInt32(number), expected: 0) == number)
            #expect(PacketNumber.expand(UInt32(number), expected: 50) == number)
        }
    }
}
