internal import SUDPTransport
internal import Synchronization
internal import SystemPackage

/// A descriptor whose bytes go to the peer, by blocking reads on one thread; connections may take
/// turns with it.
///
/// A sender may wait in a read while its connection ends: the block that then comes is refused by
/// it and goes to the next sender.
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
        var isServed = false
        var waiting: [PipeSender] = []
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

    /// Runs the sender on the input's thread when those before it are done; false when the system
    /// allows no thread.
    func serve(_ sender: PipeSender) -> Bool {
        let isServed = state.withLock { state in
            state.waiting.append(sender)
            defer { state.isServed = true }
            return state.isServed
        }
        if isServed { return true }
        let thread = DedicatedThread { while let sender = self.nextSender() { sender.run() } }
        if thread == nil { state.withLock { $0.isServed = false } }
        return thread != nil
    }

    /// Takes a sender out of the queue whose connection is over.
    func withdraw(_ sender: PipeSender) {
        state.withLock { $0.waiting.removeAll { $0.state === sender.state } }
    }

    private func nextSender() -> PipeSender? {
        state.withLock { state in
            state.isServed = !state.waiting.isEmpty
            return state.isServed ? state.waiting.removeFirst() : nil
        }
    }

    /// Reads a block and gives it to `accept`; blocks until there is something or the end.
    func step(_ accept: (ByteBlock) throws -> Void) -> Step {
        let (isAtEnd, unsent) = state.withLock { ($0.isAtEnd, $0.unsent) }
        guard !isAtEnd else { return .ended }
        let block: ByteBlock
        do throws(Errno) {
            if let unsent { block = unsent } else { block = try nextBlock() }
        } catch {
            return .failed(error)
        }
        let byteCount = block.count
        guard byteCount > 0 else {
            state.withLock { $0.isAtEnd = true }
            return .ended
        }
        do {
            try accept(block)
            state.withLock { $0.unsent = nil }
            return .moved(byteCount)
        } catch {
            state.withLock { $0.unsent = block }
            return .refused(error)
        }
    }

    /// Waits for the first bytes and takes what comes at once, up to a limit; whether that is all.
    ///
    /// What then follows is read by the next step. When the task is cancelled, or the input cannot
    /// be read, what there is so far is returned.
    public func takeBeginning(upTo limit: Int) async -> (bytes: [UInt8], isAll: Bool) {
        let isCancelled = Mutex(false)
        let thread = DedicatedThread { [self] in
            readBeginning(upTo: limit) { isCancelled.withLock { $0 } }
        }
        guard let thread else { return ([], false) }
        return await withTaskCancellationHandler {
            await thread.value
        } onCancel: {
            isCancelled.withLock { $0 = true }
        }
    }

    private func readBeginning(
        upTo limit: Int, until isCancelled: () -> Bool
    ) -> (bytes: [UInt8], isAll: Bool) {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            guard source.isReadable(within: bytes.isEmpty ? .milliseconds(100) : .zero) else {
                if bytes.isEmpty, !isCancelled() { continue }
                break
            }
            let block = ByteBlock(capacity: limit - bytes.count)
            guard (try? block.append { try source.read(into: $0) }) != nil else { break }
            guard block.count > 0 else {
                state.withLock { $0.isAtEnd = true }
                return (bytes, true)
            }
            bytes += block.bytes
        }
        return (bytes, false)
    }

    /// Closes the descriptor where that is this side's business.
    func end() {
        guard closesAtEnd else { return }
        let wasOpen = state.withLock { state in
            defer { (state.isAtEnd, state.isClosed) = (true, true) }
            return !state.isClosed
        }
        if wasOpen { try? source.close() }
    }

    private func nextBlock() throws(Errno) -> ByteBlock {
        let block = ByteBlock(capacity: Self.blockByteCount)
        do { try block.append { try source.read(into: $0) } } catch {
            throw error as? Errno ?? .ioError
        }
        return block
    }
}
