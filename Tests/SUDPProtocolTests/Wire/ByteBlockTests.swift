import Testing

@testable import SUDPProtocol

@Suite struct ByteBlockTests {
    @Test func `appending stops where the room ends`() {
        let block = ByteBlock(capacity: 4)
        block.append { buffer in
            buffer[0] = 1
            return 1
        }
        block.append { buffer in
            #expect(buffer.count == 3)
            return 100
        }
        #expect(block.count == 4)
        #expect(block.room == 0)
        block.append { _ in -5 }
        #expect(block.count == 4)
    }

    @Test func `taking bytes off the front never goes past the end`() {
        let block = ByteBlock([1, 2, 3])
        block.removeFirst(-1)
        #expect(block.bytes == [1, 2, 3])
        block.removeFirst(1)
        #expect(block.bytes == [2, 3])
        block.removeFirst(9)
        #expect(block.bytes.isEmpty)
    }

    @Test(arguments: [(-1, [1, 2]), (0, [1, 2]), (2, [3]), (3, []), (9, [])] as [(Int, [UInt8])])
    func `a copy starts inside the bytes`(_ offset: Int, _ expected: [UInt8]) {
        let block = ByteBlock([1, 2, 3])
        var destination = [UInt8](repeating: 0, count: 2)
        let count = destination.withUnsafeMutableBytes { block.copyBytes(from: offset, to: $0) }
        #expect(Array(destination[..<count]) == expected)
    }

    @Test func `writing outside the memory changes nothing`() {
        let memory = BlockMemory(byteCount: 3)
        [UInt8](arrayLiteral: 1, 2, 3).withUnsafeBytes { memory.write($0, at: 0) }
        for offset in [-1, 2, 3, Int.max] {
            [UInt8](arrayLiteral: 8, 9).withUnsafeBytes { memory.write($0, at: offset) }
        }
        #expect(ByteBlock(0..<3, of: memory).bytes == [1, 2, 3])
        [UInt8](arrayLiteral: 8, 9).withUnsafeBytes { memory.write($0, at: 1) }
        #expect(ByteBlock(0..<3, of: memory).bytes == [1, 8, 9])
    }

    @Test func `a part of a memory has its bytes and no room behind them`() {
        let memory = BlockMemory(byteCount: 8)
        [UInt8](0..<8).withUnsafeBytes { memory.write($0, at: 0) }
        let block = ByteBlock(2..<5, of: memory)
        #expect(block.bytes == [2, 3, 4])
        #expect(block.room == 0)
        #expect(ByteBlock(6..<900, of: memory).bytes == [6, 7])
    }

    @Test func `only neighbours in one memory are joined`() {
        let memory = BlockMemory(byteCount: 8)
        [UInt8](0..<8).withUnsafeBytes { memory.write($0, at: 0) }
        let first = ByteBlock(0..<3, of: memory)
        first.removeFirst(1)
        let second = ByteBlock(3..<5, of: memory)
        #expect(first.joined(with: second)?.bytes == [1, 2, 3, 4])
        #expect(second.joined(with: first) == nil)
        #expect(first.joined(with: ByteBlock(4..<6, of: memory)) == nil)
        #expect(first.joined(with: ByteBlock(3..<5, of: BlockMemory(byteCount: 8))) == nil)
    }
}
