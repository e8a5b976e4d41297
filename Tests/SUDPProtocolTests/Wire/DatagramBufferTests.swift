import Testing

@testable import SUDPProtocol

@Suite struct DatagramBufferTests {
    @Test func `what does not fit is cut`() {
        let buffer = DatagramBuffer(capacity: 3)
        #expect(buffer.replace(with: [1, 2, 3, 4]) == 3)
        #expect(buffer.copy(4) == [1, 2, 3])
        #expect(buffer.copy(-1).isEmpty)
        #expect(buffer.copy(2) == [1, 2])
    }

    @Test(arguments: [0..<3, 1..<2, 2..<9, 3..<3, 5..<9, -4..<1])
    func `a range is clipped to the memory`(_ range: Range<Int>) {
        let buffer = DatagramBuffer(capacity: 3)
        #expect(buffer.bytes(range).count == range.clamped(to: 0..<3).count)
    }
}
