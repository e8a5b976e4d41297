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

    @Test func `overwriting outside the memory changes nothing`() {
        let block = ByteBlock([1, 2, 3])
        for offset in [-1, 2, 3, Int.max] {
            [UInt8](arrayLiteral: 8, 9).withUnsafeBytes { block.overwrite(at: offset, with: $0) }
        }
        #expect(block.bytes == [1, 2, 3])
        [UInt8](arrayLiteral: 8, 9).withUnsafeBytes { block.overwrite(at: 1, with: $0) }
        #expect(block.bytes == [1, 8, 9])
    }

    @Test func `no more is exposed than there is`() {
        let block = ByteBlock([1, 2, 3])
        block.expose(1..<900)
        #expect(block.bytes == [2, 3])
    }
}
