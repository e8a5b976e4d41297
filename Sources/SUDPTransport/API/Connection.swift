public import SUDPProtocol

/// An established connection: one reliable stream of bytes in each direction.
///
/// It may be used from many tasks and threads; reads, like writes, take turns. A connection that
/// nobody holds any more is closed with `ReservedCode.abandoned`.
public final class Connection: Sendable {
    /// The mode, the cipher and what the peer proved to be.
    public let peerIdentity: PeerIdentity
    /// The local address in use when the connection was established.
    public let localAddress: NetworkAddress
    /// The peer's address when the connection was established.
    public let remoteAddress: NetworkAddress

    let link: ConnectionLink

    /// Takes over a link that opened, also when it is over already; nil when it never opened.
    init?(established link: ConnectionLink) {
        guard let opened = link.opened else { return nil }
        self.link = link
        peerIdentity = opened.identity
        localAddress = opened.path.local
        remoteAddress = opened.path.remote
    }

    deinit { end(.abandoned) }

    private func end(_ code: ReservedCode) {
        link.request(.close(code: code.rawValue, reason: code.reason))
    }

    // MARK: Reading

    /// The next received bytes; nil when the peer finished its stream and all of it was read.
    ///
    /// - Throws: `TransportError`: of category `cancelled` when the task is, `truncated` when the
    ///   peer gave its stream up, or why the connection ended.
    public func read() async throws(TransportError) -> ByteBlock? {
        while true {
            if let reading = try reading() { return reading.block }
            guard !Task.isCancelled else { throw .cancelled }
            await link.wait(for: .readable)
        }
    }

    /// The next 1 to `limit` received bytes; nil at the end, as `read()`.
    public func read(upTo limit: Int) async throws(TransportError) -> [UInt8]? {
        precondition(limit > 0, "a read takes at least one byte")
        guard let block = try await read() else { return nil }
        guard block.count > limit else { return block.bytes }
        let bytes = block.withUnsafeBytes { Array($0[..<limit]) }
        block.removeFirst(limit)
        link.unread(block)
        return bytes
    }

    /// The next received bytes, as `read()`, while the calling thread is blocked.
    ///
    /// Only for threads of one's own: a blocked task would hold up others.
    public func blockingRead() throws(TransportError) -> ByteBlock? {
        while true {
            if let reading = try reading() { return reading.block }
            link.block(until: .readable)
        }
    }

    private struct Reading {
        let block: ByteBlock?
    }

    private func reading() throws(TransportError) -> Reading? {
        switch link.read() {
        case .block(let block): return Reading(block: block)
        case .ended(.finished): return Reading(block: nil)
        case .ended(.reset(let code)): throw .truncated(code: code, peer: remoteAddress)
        case .ended(.stopped): throw .readingStopped
        case .closed(let end): throw TransportError(end, peer: remoteAddress)
        case .nothingYet: return nil
        }
    }

    /// States that the application has used every byte of the peer's stream, after reading its end.
    ///
    /// Only this lets the peer's `waitUntilSendConfirmed()` return.
    public func confirmConsumed() {
        link.request(.confirmConsumed)
    }

    /// Reads no more: what is waiting is dropped, and the peer hears the code.
    public func stopReading(code: UInt64) {
        link.request(.stopReading(code: code))
    }

    // MARK: Writing

    /// Sends the block, which the caller must not touch afterwards; returns when it was taken.
    ///
    /// - Throws: `TransportError`: of category `cancelled` when the task is (the block was not
    ///   taken then), or why nothing more can be written.
    public func write(_ block: ByteBlock) async throws(TransportError) {
        while try !writing(block) {
            guard !Task.isCancelled else { throw .cancelled }
            await link.wait(for: .writable)
        }
    }

    /// Sends a copy of the bytes; returns when they were taken, as `write(_:)` of a block.
    public func write(_ bytes: some Collection<UInt8> & Sendable) async throws(TransportError) {
        try await write(ByteBlock(bytes))
    }

    /// Sends the block, as `write(_:)`, while the calling thread is blocked.
    ///
    /// Only for threads of one's own: a blocked task would hold up others.
    public func blockingWrite(_ block: ByteBlock) throws(TransportError) {
        while try !writing(block) {
            link.block(until: .writable)
        }
    }

    private func writing(_ block: ByteBlock) throws(TransportError) -> Bool {
        switch link.write(block) {
        case .taken: return true
        case .noRoom: return false
        case .finished: throw .writingEnded
        case .ended(let end): throw TransportError(end, peer: remoteAddress)
        case .closed(let end): throw TransportError(end, peer: remoteAddress)
        }
    }

    /// Ends this side's stream behind what was written; the peer's goes on.
    public func finish() {
        link.finish()
    }

    /// Gives this side's stream up: the peer hears the code and takes nothing for complete.
    public func reset(code: UInt64) {
        link.request(.reset(code: code))
    }

    /// Waits until the peer's application has consumed this side's whole, finished stream.
    ///
    /// - Throws: `TransportError`: of category `cancelled` when the task is, or why that will not
    ///   come to pass.
    public func waitUntilSendConfirmed() async throws(TransportError) {
        await link.wait(for: .sendConfirmed)
        if let end = link.sendEnd {
            guard end != .confirmed else { return }
            throw TransportError(end, peer: remoteAddress)
        }
        guard case .closed(let end) = link.phase else { throw .cancelled }
        if end == .closed(.complete) { return }
        throw TransportError(end, peer: remoteAddress)
    }

    /// Waits until the server has given a ticket for `Configuration.tickets`; false when it gives
    /// none, or the connection ended or the task was cancelled before.
    ///
    /// It comes a round trip after the connection is established.
    public func waitForTicket() async -> Bool {
        await link.wait(for: .ticket)
        return link.hasTicket
    }

    /// Finds the rate to send at by another algorithm from now on; the configuration names the
    /// first one.
    public func setCongestionControl(_ control: CongestionControl) {
        link.request(.setCongestionControl(control))
    }

    // MARK: Ending

    /// Ends the connection at once with a code below 2^32 and a reason of at most 512 bytes.
    ///
    /// What was not sent is dropped. A connection on which both streams were finished and consumed
    /// ends by itself.
    public func close(code: UInt64, reason: String = "") {
        link.request(.close(code: code, reason: reason))
    }

    /// Waits until the connection is over; also when the task is cancelled, so close it then.
    public func waitUntilClosed() async -> CloseReason {
        await link.waitUntilClosed()
        switch link.phase {
        case .closed(.closed(let reason)): return reason
        case .closed(.failed(let error)):
            return .closedLocally(.transport(.internalError), reason: error.description)
        default: return .stateLost
        }
    }

    /// Counters and estimates as of now, or the last ones of a connection that is over.
    public func statistics() async -> Statistics {
        await link.statistics()
    }
}
