import SUDPSimulator
import Testing

@Suite struct BytePatternTests {
    private let pattern = BytePattern(seed: 9)

    @Test(arguments: 0..<20)
    func `any part of the stream is the same as within the whole`(offset: Int) {
        let whole = bytes(from: 0, count: 64)

        #expect(bytes(from: UInt64(offset), count: 33) == Array(whole[offset..<(offset + 33)]))
    }

    @Test(arguments: [0, 1, 7, 8, 31])
    func `a wrong byte is found where it is`(index: Int) {
        var part = bytes(from: 5, count: 32)
        part[index] ^= 0x40

        #expect(part.withUnsafeBytes { pattern.mismatch($0, from: 5) } == index)
    }

    @Test func `right bytes at the wrong offset are found`() {
        let part = bytes(from: 5, count: 32)

        #expect(part.withUnsafeBytes { pattern.mismatch($0, from: 5) } == nil)
        #expect(part.withUnsafeBytes { pattern.mismatch($0, from: 6) } != nil)
    }

    private func bytes(from offset: UInt64, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { pattern.fill($0, from: offset) }
        return bytes
    }
}
