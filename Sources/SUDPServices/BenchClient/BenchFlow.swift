internal import SUDPTransport

/// One connection that carries load, seen from the client.
protocol BenchFlow: AnyObject, Sendable {
    var course: FlowCourse { get }
    /// The counters as of now.
    func statistics() async -> BenchStatistics
    /// What was read from a file for it or written into one; nil when it is in memory.
    var disk: BenchDisk? { get }
    /// Lets the load flow.
    func start() throws
    /// Ends it, complete or not.
    func stop() async
}

extension Connection {
    /// Tells a benchmark server what this connection is for, and waits until that is ready for it.
    func announce(_ message: BenchMessage) async throws {
        do {
            try await write(message)
            var inbox = BenchInbox(self)
            guard case .ready = try await inbox.next(), !inbox.hasMore else {
                throw BenchFailure.wrongService("the server does not say that it is ready")
            }
        } catch let error as TransportError where error.category != .cancelled {
            throw await BenchControl.failure(of: self, error)
        }
    }
}
