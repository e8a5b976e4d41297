/// A block of stream bytes that moves between threads without being copied.
///
/// A class because blocks are handed on, not copied; whoever holds a block owns its bytes alone.
public final class ByteBlock: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer
    private var bounds: Range<Int>

    /// Allocates an empty block with room for `capacity` bytes.
    public init(capacity: Int) {
        memory = .allocate(byteCount: max(capacity, 1), alignment: 16)
        bounds = 0..<0
    }

    /// Makes a block that holds a copy of `bytes`.
    public convenience init(_ bytes: some Collection<UInt8>) {
        self.init(capacity: bytes.count)
        memory.copyBytes(from: bytes)
        bounds = 0..<bytes.count
    }

    deinit { memory.deallocate() }

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

    /// Writes `source` at `offset` from the start of the memory, whatever the block holds.
    func overwrite(at offset: Int, with source: UnsafeRawBufferPointer) {
        guard offset >= 0, source.count <= memory.count, offset <= memory.count - source.count
        else { return }
        UnsafeMutableRawBufferPointer(rebasing: memory[offset..<(offset + source.count)])
            .copyMemory(from: source)
    }

    /// Declares the memory's `range` to be the bytes that the block holds.
    func expose(_ range: Range<Int>) {
        bounds = range.clamped(to: 0..<memory.count)
    }
}
