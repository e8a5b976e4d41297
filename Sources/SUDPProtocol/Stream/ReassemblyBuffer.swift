internal import DequeModule

/// Received bytes from the read position on, in fixed blocks that are filled where they belong.
struct ReassemblyBuffer {
    private var blocks: Deque<BlockMemory?> = []
    private var firstBlock: UInt64 = 0
    private(set) var readOffset: UInt64 = 0
    private(set) var received = DisjointRanges()

    private static let blockByteCount = UInt64(Limits.receiveBlockByteCount)

    /// The end of the bytes that can be read now.
    var readableEnd: UInt64 {
        guard let first = received.first, first.lowerBound <= readOffset else { return readOffset }
        return first.upperBound
    }

    /// Takes bytes; those that are already there stay as they are.
    ///
    /// False when there are too many holes for another one.
    mutating func insert(offset: UInt64, _ data: UnsafeRawBufferPointer) -> Bool {
        let end = offset + UInt64(data.count)
        let low = max(offset, readOffset)
        guard low < end else { return true }
        guard received.count < Limits.reassemblyGaps || low <= readableEnd else { return false }
        if let last = received.last, low < last.upperBound {
            for missing in received.missing(in: low..<end) {
                copy(data, from: Int(missing.lowerBound - offset), to: missing)
            }
        } else {
            copy(data, from: Int(low - offset), to: low..<end)
        }
        received.insert(low..<end)
        return true
    }

    private mutating func copy(
        _ data: UnsafeRawBufferPointer, from start: Int, to range: Range<UInt64>
    ) {
        var copied = 0
        while copied < range.count {
            let offset = range.lowerBound + UInt64(copied)
            let within = Int(offset % Self.blockByteCount)
            let count = min(range.count - copied, Limits.receiveBlockByteCount - within)
            let source = data[(start + copied)..<(start + copied + count)]
            let index = prepareBlock(offset / Self.blockByteCount)
            blocks[index]?.write(UnsafeRawBufferPointer(rebasing: source), at: within)
            copied += count
        }
    }

    /// Where the block of this number is, which exists from now on.
    private mutating func prepareBlock(_ number: UInt64) -> Int {
        let index = Int(number - firstBlock)
        while blocks.count <= index { blocks.append(nil) }
        if blocks[index] == nil {
            blocks[index] = BlockMemory(byteCount: Limits.receiveBlockByteCount)
        }
        return index
    }

    /// The next bytes in order, as far as they lie in one block, without a copy.
    mutating func read() -> ByteBlock? {
        let end = readableEnd
        guard end > readOffset, let first = blocks.first, let memory = first else { return nil }
        let within = Int(readOffset % Self.blockByteCount)
        let blockEnd = (firstBlock + 1) * Self.blockByteCount
        let upper = min(end, blockEnd)
        let block = ByteBlock(within..<(within + Int(upper - readOffset)), of: memory)
        readOffset = upper
        forgetRead()
        if upper == blockEnd {
            blocks.removeFirst()
            firstBlock += 1
        }
        return block
    }

    private mutating func forgetRead() {
        while let first = received.first, first.upperBound <= readOffset { received.removeFirst() }
    }

    mutating func discard() {
        blocks.removeAll()
        received = DisjointRanges()
    }
}
