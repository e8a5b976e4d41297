internal import DequeModule
internal import SUDPTransport
internal import Synchronization

/// What waits to be written to one connection, and the task that writes it.
///
/// Nobody waits for the connection: whoever puts something in hears whether the limit allowed it.
final class ChatOutbox: Sendable {
    private struct State {
        var waiting = Deque<[UInt8]>()
        var byteCount = 0
        var highestByteCount = 0
        var ending: Ending?
        /// Ends the connection when writing the rest takes too long.
        var patience: Task<Void, any Error>?
    }

    /// How the connection ends when everything is written.
    private enum Ending {
        /// The stream is finished, and the peer gets a moment to have it all.
        case finish(code: UInt64, reason: String)
    }

    private let connection: Connection
    private let limit: Int
    private let state = Mutex(State())
    private let signal: AsyncStream<Void>.Continuation
    private let signals: AsyncStream<Void>

    init(_ connection: Connection, limit: Int = ChatConstants.queueByteCount) {
        self.connection = connection
        self.limit = limit
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The bytes that wait, and the most that ever did.
    var load: (now: Int, highest: Int) { state.withLock { ($0.byteCount, $0.highestByteCount) } }

    /// Puts bytes behind the others; false when they are too many, and then they are not taken.
    func put(_ bytes: [UInt8]) -> Bool {
        let isTaken = state.withLock { state in
            guard state.ending == nil else { return true }
            guard state.byteCount + bytes.count <= limit else { return false }
            state.waiting.append(bytes)
            state.byteCount += bytes.count
            state.highestByteCount = max(state.highestByteCount, state.byteCount)
            return true
        }
        if isTaken { signal.yield() }
        return isTaken
    }

    /// Ends the connection behind what waits; nothing is taken any more.
    ///
    /// A peer that does not take what waits is not waited for: the connection ends all the same.
    func finish(code: UInt64, reason: String) {
        let isNew = state.withLock { state in
            guard state.ending == nil else { return false }
            state.ending = .finish(code: code, reason: reason)
            state.patience = Task { [connection] in
                try await Task.sleep(for: .seconds(ChatConstants.farewellSeconds))
                connection.close(code: code, reason: reason)
            }
            return true
        }
        if isNew { signal.yield() }
    }

    /// Ends the connection at once.
    func abort(code: UInt64, reason: String) {
        state.withLock { state in
            state.waiting = []
            state.byteCount = 0
            state.ending = .finish(code: code, reason: reason)
        }
        connection.close(code: code, reason: reason)
        signal.finish()
    }

    /// The connection is over, for whatever reason.
    func close() {
        state.withLock { $0.patience }?.cancel()
        signal.finish()
    }

    /// Writes until the end; returns when that came.
    func run() async {
        defer { state.withLock { $0.patience }?.cancel() }
        for await _ in signals {
            do {
                while let block = nextBlock() {
                    try await connection.write(block)
                    wrote(block.count)
                }
            } catch {
                return
            }
            guard case .finish(let code, let reason) = state.withLock({ $0.ending }) else {
                continue
            }
            connection.finish()
            await waitForPeer()
            connection.close(code: code, reason: reason)
            return
        }
    }

    /// Waits a moment for the peer to have everything.
    private func waitForPeer() async {
        let connection = connection
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await connection.waitUntilSendConfirmed() }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(ChatConstants.leaveMilliseconds))
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// The next events; they count as waiting until they are written.
    private func nextBlock() -> ByteBlock? {
        let batch: [[UInt8]] = state.withLock { state in
            var batch: [[UInt8]] = []
            var byteCount = 0
            while let next = state.waiting.first,
                batch.isEmpty || byteCount + next.count <= ChatConstants.writeByteCount
            {
                batch.append(next)
                byteCount += next.count
                state.waiting.removeFirst()
            }
            return batch
        }
        guard !batch.isEmpty else { return nil }
        return ByteBlock(Array(batch.joined()))
    }

    private func wrote(_ byteCount: Int) {
        state.withLock { $0.byteCount = max(0, $0.byteCount - byteCount) }
    }
}
