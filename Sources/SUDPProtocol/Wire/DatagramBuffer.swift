/// A fixed piece of memory that holds one train of datagrams, reused for the next one.
///
/// A class because the address of its memory must not change while sockets and ciphers use it.
/// One thread uses it at a time.
public final class DatagramBuffer {
    /// How many bytes fit: one GSO or GRO train.
    public static let trainByteCount = 65_536

    private let memory: UnsafeMutableRawBufferPointer

    /// Allocates a buffer of `capacity` bytes.
    public init(capacity: Int = DatagramBuffer.trainByteCount) {
        memory = .allocate(byteCount: max(capacity, 1), alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { memory.deallocate() }

    /// How many bytes fit.
    public var capacity: Int { memory.count }

    /// Calls `body` with the memory, for the system calls that fill and send it.
    public func withUnsafeMutableBytes<Result>(
        _ body: (UnsafeMutableRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try body(memory)
    }

    /// The bytes of `range` clipped to the buffer.
    func bytes(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: memory[range.clamped(to: 0..<memory.count)])
    }

    /// Copies `bytes` to the start of the buffer and returns how many fitted.
    public func replace(with bytes: [UInt8]) -> Int {
        let count = min(bytes.count, memory.count)
        bytes.withUnsafeBytes { source in
            memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<count]))
        }
        return count
    }

    /// A copy of the first `count` bytes.
    public func copy(_ count: Int) -> [UInt8] {
        Array(memory[..<min(max(count, 0), memory.count)])
    }
}
