internal import SUDPTransport
internal import Synchronization
internal import SystemPackage

/// A descriptor that takes the peer's bytes, by blocking writes.
public final class PipeOutput: Sendable {
    /// How messages call the output.
    public let name: String
    /// Whether the descriptor is closed at the end of the stream, before delivery is confirmed.
    public let closesAtEnd: Bool
    private let sink: BlockingDescriptor
    private let isOpen = Mutex(true)

    /// Writes to a descriptor.
    public init(descriptor: Int32, name: String, closesAtEnd: Bool) {
        sink = BlockingDescriptor(descriptor)
        self.name = name
        self.closesAtEnd = closesAtEnd
    }

    /// Writes the whole block.
    func write(_ block: ByteBlock) throws(Errno) {
        while block.count > 0 {
            block.removeFirst(try sink.write(block))
        }
    }

    /// Closes the descriptor where that is this side's business.
    func end() throws(Errno) {
        guard closesAtEnd else { return }
        let wasOpen = isOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        if wasOpen { try sink.close() }
    }
}
