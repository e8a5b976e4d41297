internal import SUDPTransport

/// The load that a flow carries: the same block again and again, so that nothing is copied or
/// allocated for a write.
struct LoadBlock: Sendable {
    private let block: ByteBlock
    private let rest: ByteBlock?
    private let blocks: UInt64?

    /// Load of so many bytes in blocks of a size; endless without a count.
    init(byteCount: UInt64?, blockByteCount: Int) {
        let size = max(blockByteCount, 1)
        block = Self.block(size)
        blocks = byteCount.map { $0 / UInt64(size) }
        let rest = byteCount.map { Int($0 % UInt64(size)) } ?? 0
        self.rest = rest > 0 ? Self.block(rest) : nil
    }

    /// Writes all of it; `pace` is called before each block with its size.
    func write(
        to stream: some LoadStream, pace: (Int) -> Void
    ) throws {
        var written: UInt64 = 0
        while blocks.map({ written < $0 }) ?? true {
            pace(block.count)
            try stream.blockingWrite(block)
            written &+= 1
        }
        guard let rest else { return }
        pace(rest.count)
        try stream.blockingWrite(rest)
    }

    private static func block(_ byteCount: Int) -> ByteBlock {
        let block = ByteBlock(capacity: byteCount)
        block.append { memory in
            let count = min(memory.count, byteCount)
            for index in 0..<count { memory[index] = UInt8(truncatingIfNeeded: index &* 131) }
            return count
        }
        return block
    }
}
