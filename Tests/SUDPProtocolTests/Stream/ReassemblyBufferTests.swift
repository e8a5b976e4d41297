import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct ReassemblyBufferTests {
    private func insert(
        _ bytes: [UInt8], at offset: UInt64, into buffer: inout ReassemblyBuffer
    ) -> Bool {
        bytes.withUnsafeBytes { buffer.insert(offset: offset, $0) }
    }

    private func readAll(_ buffer: inout ReassemblyBuffer) -> [UInt8] {
        var bytes: [UInt8] = []
        while let block = buffer.read() {
            #expect(block.count > 0)
            bytes += block.bytes
        }
        return bytes
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `overlapping, doubled and late pieces make the stream of an array`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let span = UInt64(3 * Limits.receiveBlockByteCount)
        var buffer = ReassemblyBuffer()
        var model = [UInt8?](repeating: nil, count: Int(span))
        var read: [UInt8] = []
        for _ in 0..<600 {
            let offset = random.below(span)
            let count = min(random.below(random.chance(0.1) ? 40_000 : 900), span - offset)
            let bytes = random.bytes(Int(count))
            if insert(bytes, at: offset, into: &buffer) {
                // Of two pieces that differ the first one wins.
                for (index, byte) in bytes.enumerated()
                where model[Int(offset) + index] == nil && Int(offset) + index >= read.count {
                    model[Int(offset) + index] = byte
                }
            }
            let readable = model.firstIndex(of: nil) ?? model.count
            #expect(buffer.readableEnd == UInt64(readable))
            guard random.chance(0.2) else { continue }
            read += readAll(&buffer)
            #expect(read.count == readable)
            #expect(buffer.readOffset == UInt64(readable))
        }
        _ = insert([UInt8](repeating: 0, count: Int(span)), at: 0, into: &buffer)
        read += readAll(&buffer)
        #expect(read == model.map { $0 ?? 0 })
    }

    @Test func `a piece that would make another hole is refused when there are too many`() {
        var buffer = ReassemblyBuffer()
        for index in 0..<UInt64(Limits.reassemblyGaps) {
            #expect(insert([1], at: 2 * index + 1, into: &buffer))
        }
        let next = 2 * UInt64(Limits.reassemblyGaps) + 1
        #expect(!insert([1], at: next, into: &buffer))
        #expect(insert([1], at: 0, into: &buffer))
        #expect(buffer.received.count == Limits.reassemblyGaps)
        #expect(insert([7], at: 2, into: &buffer))
        #expect(insert([1], at: next, into: &buffer))
    }

    @Test func `bytes that were read do not come again`() {
        var buffer = ReassemblyBuffer()
        #expect(insert([1, 2, 3], at: 0, into: &buffer))
        #expect(readAll(&buffer) == [1, 2, 3])
        #expect(insert([1, 2, 3, 4], at: 0, into: &buffer))
        #expect(readAll(&buffer) == [4])
        #expect(insert([], at: 9, into: &buffer))
        #expect(readAll(&buffer).isEmpty)
    }

    @Test func `whole blocks are handed out and parts are copied`() throws {
        let size = Limits.receiveBlockByteCount
        var buffer = ReassemblyBuffer()
        #expect(insert([UInt8](repeating: 5, count: 10), at: 0, into: &buffer))
        let first = buffer.read()
        let part = try #require(first)
        #expect(part.capacity == 10)
        #expect(insert([UInt8](repeating: 6, count: size), at: 10, into: &buffer))
        let second = buffer.read()
        let rest = try #require(second)
        #expect((rest.count, rest.capacity) == (size - 10, size))
        #expect(buffer.read()?.bytes == [UInt8](repeating: 6, count: 10))
        #expect(part.bytes == [UInt8](repeating: 5, count: 10))
    }

    @Test func `after a discard there is nothing to read`() {
        var buffer = ReassemblyBuffer()
        #expect(insert([1, 2, 3], at: 0, into: &buffer))
        buffer.discard()
        #expect(buffer.readableEnd == 0)
        #expect(buffer.read() == nil)
    }
}
