internal import DequeModule

/// The written bytes that are not yet acknowledged in order, in the blocks they were written in.
struct SendBuffer {
    private var blocks: Deque<ByteBlock> = []
    private var blocksOffset: UInt64 = 0
    private(set) var firstOffset: UInt64 = 0
    private(set) var endOffset: UInt64 = 0
    /// Whether the last block was made here to gather small writes.
    private var gathersInLast = false
    private var cursor = Cursor()

    /// The block that was read last, so that the next read need not search.
    private struct Cursor {
        var index = 0
        var offset: UInt64 = 0
    }

    private static let gatheredByteCount = 4096
    private static let gatheringCapacity = 16 * 1024

    var count: Int { Int(endOffset - firstOffset) }

    mutating func append(_ block: ByteBlock) {
        endOffset += UInt64(block.count)
        guard block.count <= Self.gatheredByteCount else {
            blocks.append(block)
            gathersInLast = false
            return
        }
        if !gathersInLast || (blocks.last?.room ?? 0) < block.count {
            blocks.append(ByteBlock(capacity: Self.gatheringCapacity))
            gathersInLast = true
        }
        blocks.last?.append { block.copyBytes(from: 0, to: $0) }
    }

    /// Copies bytes from `offset` on; the range must lie within what is buffered.
    mutating func copy(from offset: UInt64, to destination: UnsafeMutableRawBufferPointer) {
        var copied = 0
        while copied < destination.count {
            let position = offset + UInt64(copied)
            guard seek(position) else { return }
            let rest = UnsafeMutableRawBufferPointer(rebasing: destination[copied...])
            let within = Int(position - cursor.offset)
            copied += blocks[cursor.index].copyBytes(from: within, to: rest)
        }
    }

    private mutating func seek(_ offset: UInt64) -> Bool {
        guard offset >= blocksOffset, offset < endOffset else { return false }
        if offset < cursor.offset || cursor.index >= blocks.count {
            cursor = Cursor(index: 0, offset: blocksOffset)
        }
        while offset >= cursor.offset + UInt64(blocks[cursor.index].count) {
            cursor.offset += UInt64(blocks[cursor.index].count)
            cursor.index += 1
        }
        return true
    }

    /// Lets go of everything below `offset`.
    mutating func release(below offset: UInt64) {
        firstOffset = max(firstOffset, min(offset, endOffset))
        while let first = blocks.first, blocksOffset + UInt64(first.count) <= firstOffset {
            guard blocks.count > 1 || !gathersInLast else { return }
            blocksOffset += UInt64(first.count)
            blocks.removeFirst()
            cursor.index -= 1
            if cursor.index < 0 { cursor = Cursor(index: 0, offset: blocksOffset) }
        }
    }

    mutating func discard() {
        blocks.removeAll()
        (blocksOffset, firstOffset) = (endOffset, endOffset)
        gathersInLast = false
        cursor = Cursor(index: 0, offset: endOffset)
    }
}
