internal import SUDPTransport
internal import Synchronization
internal import SystemPackage

/// A descriptor whose bytes go to the peer, by blocking reads; pipes may take turns with it.
///
/// Whoever reads holds it until the bytes are handed on, so that a block that one connection
/// refuses goes to the next.
public final class PipeInput: Sendable {
    /// What came of one step.
    enum Step {
        /// So many bytes were read and accepted.
        case moved(Int)
        /// The input is at its end.
        case ended
        /// The input could not be read.
        case failed(Errno)
        /// The bytes were not accepted; the next step offers them again.
        case refused(any Error)
    }

    private struct State {
        var isAtEnd = false
        var isClosed = false
        var unsent: ByteBlock?
    }

    static let blockByteCount = 256 * 1024

    /// How messages call the input.
    public let name: String
    let closesAtEnd: Bool
    private let source: BlockingDescriptor
    private let state = Mutex(State())

    /// Reads from a descriptor; it stays open unless it is to be closed with the last stream.
    public init(descriptor: Int32, name: String, closesAtEnd: Bool = false) {
        source = BlockingDescriptor(descriptor)
        self.name = name
        self.closesAtEnd = closesAtEnd
    }

    /// Whether the input is a terminal.
    public var isTerminal: Bool { source.isTerminal }

    /// Reads a block and gives it to `accept`; blocks until there is something or the end.
    func step(_ accept: (ByteBlock) throws -> Void) -> Step {
        state.withLock { state in
            guard !state.isAtEnd else { return .ended }
            do {
                let block = try state.unsent ?? nextBlock()
                let byteCount = block.count
                guard byteCount > 0 else {
                    state.isAtEnd = true
                    return .ended
                }
                state.unsent = block
                try accept(block)
                state.unsent = nil
                return .moved(byteCount)
            } catch let error as Errno where state.unsent == nil {
                return .failed(error)
            } catch {
                return .refused(error)
            }
        }
    }

    /// Closes the descriptor where that is this side's business.
    func end() {
        guard closesAtEnd else { return }
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isAtEnd = true
            state.isClosed = true
            try? source.close()
        }
    }

    private func nextBlock() throws -> ByteBlock {
        let block = ByteBlock(capacity: Self.blockByteCount)
        try block.append { room in try source.read(into: room) }
        return block
    }
}
