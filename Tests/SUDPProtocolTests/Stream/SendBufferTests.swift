import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct SendBufferTests {
    private func copy(_ buffer: inout SendBuffer, _ range: Range<UInt64>) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        bytes.withUnsafeMutableBytes { buffer.copy(from: range.lowerBound, to: $0) }
        return bytes
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `random writes, reads and releases agree with an array`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var buffer = SendBuffer()
        var model: [UInt8] = []
        var released = 0
        for _ in 0..<300 {
            switch random.below(4) {
            case 0:
                let bytes = random.bytes(Int(random.chance(0.1) ? 20_000 : random.below(3000)))
                buffer.append(ByteBlock(bytes))
                model += bytes
            case 1:
                let upTo = min(model.count, released + Int(random.below(6000)))
                buffer.release(below: UInt64(upTo))
                released = max(released, upTo)
            default:
                guard released < model.count else { continue }
                let low = released + Int(random.below(UInt64(model.count - released)))
                let high = min(model.count, low + Int(random.below(4000)))
                #expect(copy(&buffer, UInt64(low)..<UInt64(high)) == Array(model[low..<high]))
            }
            #expect(buffer.endOffset == UInt64(model.count))
            #expect(buffer.firstOffset == UInt64(released))
            #expect(buffer.count == model.count - released)
        }
    }

    @Test func `a part of a block is written as far as it is exposed`() {
        var buffer = SendBuffer()
        let small = ByteBlock([1, 2, 3])
        small.removeFirst(1)
        let large = ByteBlock([UInt8](repeating: 9, count: 5000) + [7])
        large.removeFirst(5000)
        buffer.append(small)
        buffer.append(large)
        buffer.append(ByteBlock([5]))
        #expect(copy(&buffer, 0..<4) == [2, 3, 7, 5])
    }

    @Test func `releasing more than there is releases all`() {
        var buffer = SendBuffer()
        buffer.append(ByteBlock([1, 2, 3]))
        buffer.release(below: 900)
        #expect(buffer.count == 0)
        buffer.append(ByteBlock([4]))
        #expect(copy(&buffer, 3..<4) == [4])
    }

    @Test func `after a discard new bytes have the next offsets`() {
        var buffer = SendBuffer()
        buffer.append(ByteBlock([1, 2, 3]))
        buffer.discard()
        #expect((buffer.count, buffer.endOffset) == (0, 3))
        buffer.append(ByteBlock([4, 5]))
        #expect(copy(&buffer, 3..<5) == [4, 5])
    }

    @Test func `bytes outside the buffer are not touched`() {
        var buffer = SendBuffer()
        buffer.append(ByteBlock([1, 2]))
        #expect(copy(&buffer, 2..<4) == [0, 0])
        #expect(copy(&buffer, (.max - 2)..<(.max)) == [0, 0])
    }
}
