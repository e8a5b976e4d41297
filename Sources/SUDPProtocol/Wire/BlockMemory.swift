/// The memory behind blocks that are parts of it.
///
/// A class because parts that nobody copies share it; each byte belongs to one of them alone.
final class BlockMemory: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer

    init(byteCount: Int) {
        bytes = .allocate(byteCount: max(byteCount, 1), alignment: 16)
    }

    deinit { bytes.deallocate() }

    /// Writes `source` at `offset`; where it does not fit, nothing.
    func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
        guard offset >= 0, source.count <= bytes.count, offset <= bytes.count - source.count
        else { return }
        UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<(offset + source.count)])
            .copyMemory(from: source)
    }
}
