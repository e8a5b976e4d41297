import Testing

@testable import SUDPProtocol

@Suite struct ConnectionIDTests {
    @Test(arguments: 0...20)
    func `bytes of any length come back as they were`(_ byteCount: Int) throws {
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: 0xf0 &+ $0) }
        let connectionID = try #require(ConnectionID(bytes))
        #expect(connectionID.byteCount == byteCount)
        #expect(connectionID.bytes == bytes)
    }

    @Test(arguments: [21, 22, 255, 1000])
    func `more than 20 bytes are refused`(_ byteCount: Int) {
        #expect(ConnectionID([UInt8](repeating: 1, count: byteCount)) == nil)
    }

    @Test func `zeros of different lengths are different`() {
        let all = (0...20).map { ConnectionID([UInt8](repeating: 0, count: $0)) }
        #expect(Set(all).count == 21)
    }

    @Test func `a value and its big-endian bytes are the same`() {
        let value = ConnectionID(value: 0x0102_0304_0506_0708)
        #expect(value == ConnectionID([1, 2, 3, 4, 5, 6, 7, 8]))
        #expect(value != ConnectionID([1, 2, 3, 4, 5, 6, 7, 9]))
    }
}
