internal import SUDPTransport

/// The two byte streams of a connection that carries load, as threads of their own use them.
protocol LoadStream: AnyObject, Sendable {
    /// Writes all of a block.
    func blockingWrite(_ block: ByteBlock) throws
    /// Hands over what comes until `take` has enough or the peer's stream ends; tells whether it
    /// has ended.
    @discardableResult
    func receive(_ take: (UnsafeRawBufferPointer) throws -> Bool) throws -> Bool
    /// Ends this side's stream.
    func finish()
    /// Tells the peer, whose stream has ended, that all of it was taken; `isLast` when this side
    /// has nothing to send and ends its stream with that.
    func confirmConsumed(isLast: Bool)
    /// The counters as of now.
    func counters() async -> BenchStatistics
    /// Ends both streams, complete or not.
    func end(_ code: BenchCode, reason: String)
}

/// The peer's stream ended before all of the load, or of an answer, had come.
struct LoadEndedEarly: Error {}

extension Connection: LoadStream {
    func receive(_ take: (UnsafeRawBufferPointer) throws -> Bool) throws -> Bool {
        while let block = try blockingRead() {
            guard try block.withUnsafeBytes(take) else { return false }
        }
        return true
    }

    func confirmConsumed(isLast: Bool) {
        confirmConsumed()
        if isLast { finish() }
    }

    func counters() async -> BenchStatistics {
        BenchStatistics(await statistics())
    }

    func end(_ code: BenchCode, reason: String) {
        close(code: code.rawValue, reason: reason)
    }
}
