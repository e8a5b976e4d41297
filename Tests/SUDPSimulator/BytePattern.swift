/// An endless stream of bytes that a seed determines: any part can be made or checked by itself.
package struct BytePattern: Sendable {
    private let seed: UInt64

    package init(seed: UInt64) {
        self.seed = seed
    }

    /// Fills the buffer with the bytes of the stream from `offset` on.
    package func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: UInt64) {
        var index = 0
        while index < buffer.count {
            let position = offset + UInt64(index)
            var word = word(at: position / 8) >> (position % 8 * 8)
            let count = min(Int(8 - position % 8), buffer.count - index)
            for _ in 0..<count {
                buffer[index] = UInt8(truncatingIfNeeded: word)
                word >>= 8
                index += 1
            }
        }
    }

    /// The first index at which the buffer differs from the stream at `offset`; nil for none.
    package func mismatch(_ buffer: UnsafeRawBufferPointer, from offset: UInt64) -> Int? {
        var index = 0
        while index < buffer.count {
            let position = offset + UInt64(index)
            var word = word(at: position / 8) >> (position % 8 * 8)
            let count = min(Int(8 - position % 8), buffer.count - index)
            for _ in 0..<count {
                guard buffer[index] == UInt8(truncatingIfNeeded: word) else { return index }
                word >>= 8
                index += 1
            }
        }
        return nil
    }

    private func word(at index: UInt64) -> UInt64 {
        var counter = seed &+ index &* 0x9e37_79b9_7f4a_7c15
        return SeededRandom.splitMix(&counter)
    }
}
