internal import SUDPProtocol

/// The server side of a driver: whom it takes, and where it leaves what came of it.
final class ServerRole {
    var rules: ListenerRules
    /// Whether first SYNs are answered.
    var isAccepting = true
    /// Connections that are established and not over.
    var establishedCount = 0
    /// Connections that were established in this turn.
    var established: [ConnectionLink] = []
    /// Established connections for the application.
    let queue: AcceptQueue

    private var interface = InterfaceMTUCache()
    private let onFailure: @Sendable (HandshakeReport) -> Void

    init(
        rules: ListenerRules, queue: AcceptQueue,
        onFailure: @escaping @Sendable (HandshakeReport) -> Void
    ) {
        self.rules = rules
        self.queue = queue
        self.onFailure = onFailure
    }

    /// Whether there are as many connections as there may be.
    var isFull: Bool { establishedCount >= rules.maximumConnections }

    /// The settings for a client that comes by `path`.
    func configuration(for path: NetworkPath, now: Instant) -> ConnectionConfiguration {
        rules.configuration(path, interface.datagramSize(towards: path.remote, now: now))
    }

    /// A client did not get as far as a connection.
    func report(_ peer: NetworkAddress, _ reason: CloseReason) {
        onFailure(HandshakeReport(peer: peer, reason: reason))
    }
}
