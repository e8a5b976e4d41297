/// A block of stream bytes that moves between threads without being copied.
///
/// A class because blocks are handed on, not copied; whoever holds a block owns its bytes alone.
public final class ByteBlock: @unchecked Sendable {
    private let owner: BlockMemory
    private let memory: UnsafeMutableRawBufferPointer
    private var bounds: Range<Int>

    /// Allocates an empty block with room for `capacity` bytes.
    public init(capacity: Int) {
        owner = BlockMemory(byteCount: capacity)
        memory = owner.bytes
        bounds = 0..<0
    }

    /// Makes a block of a part of `owner`'s bytes, which nobody else touches any more.
    init(_ range: Range<Int>, of owner: BlockMemory) {
        self.owner = owner
        let range = range.clamped(to: 0..<owner.bytes.count)
        memory = UnsafeMutableRawBufferPointer(
            start: owner.bytes.baseAddress, count: range.upperBound)
        bounds = range
    }

    /// Makes a block that holds a copy of `bytes`.
    public convenience init(_ bytes: some Collection<UInt8>) {
        self.init(capacity: bytes.count)
        memory.copyBytes(from: bytes)
        bounds = 0..<bytes.count
    }

    /// How many bytes the block can hold.
    public var capacity: Int { memory.count }

    /// How many bytes the block holds.
    public var count: Int { bounds.count }

    /// How many bytes can still be appended.
    public var room: Int { memory.count - bounds.upperBound }

    /// Calls `body` with the bytes that the block holds.
    public func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try body(UnsafeRawBufferPointer(rebasing: memory[bounds]))
    }

    /// Lets `body` fill the room behind the bytes held; it returns how many it wrote.
    public func append(
        fillingWith body: (UnsafeMutableRawBufferPointer) throws -> Int
    ) rethrows {
        let free = UnsafeMutableRawBufferPointer(rebasing: memory[bounds.upperBound...])
        let written = try body(free)
        bounds = bounds.lowerBound..<(bounds.upperBound + min(max(written, 0), free.count))
    }

    /// Takes the first `count` bytes off the block.
    public func removeFirst(_ count: Int) {
        bounds = min(bounds.lowerBound + max(count, 0), bounds.upperBound)..<bounds.upperBound
    }

    /// The bytes as an array.
    public var bytes: [UInt8] { Array(memory[bounds]) }

    /// Copies the bytes from `offset` on into `destination` and returns how many there were.
    func copyBytes(from offset: Int, to destination: UnsafeMutableRawBufferPointer) -> Int {
        let start = min(bounds.lowerBound + max(offset, 0), bounds.upperBound)
        let count = min(destination.count, bounds.upperBound - start)
        guard count > 0 else { return 0 }
        destination.copyMemory(
            from: UnsafeRawBufferPointer(rebasing: memory[start..<(start + count)]))
        return count
    }

    /// The block with the bytes of `next` behind its own, where these follow in the same memory;
    /// nil where they do not.
    package func joined(with next: ByteBlock) -> ByteBlock? {
        guard owner === next.owner, bounds.upperBound == next.bounds.lowerBound else { return nil }
        return ByteBlock(bounds.lowerBound..<next.bounds.upperBound, of: owner)
    }
}
