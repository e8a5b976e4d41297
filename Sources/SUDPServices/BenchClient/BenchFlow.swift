internal import SUDPTransport

/// One connection that carries load, seen from the client.
protocol BenchFlow: AnyObject, Sendable {
    var course: FlowCourse { get }
    /// The counters as of now.
    func statistics() async -> BenchStatistics
    /// Lets the load flow.
    func start() throws
    /// Ends it, complete or not.
    func stop() async
}
