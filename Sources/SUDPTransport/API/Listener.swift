internal import SUDPCrypto
public import SUDPProtocol

/// A server's port: a sequence of the connections that clients have established.
///
/// Clients whose handshake fails are not elements; `handshakeFailures` tells of them. Connections
/// outlive the listener that accepted them.
public final class Listener: Sendable {
    /// The addresses that clients can reach, with the port that was chosen; one per IP version.
    public let localAddresses: [NetworkAddress]
    /// What the server proves to be; made for this run when the configuration had none.
    public let identity: Identity
    /// Clients that did not get as far as a connection, from the time of binding; the newest 64
    /// wait to be read.
    public let handshakeFailures: AsyncStream<HandshakeReport>

    private static let failuresKept = 64

    private let mailbox: Mailbox<DriverMessage>
    private let queue: AcceptQueue
    private let endFailures: @Sendable () -> Void
    private let maximumConnections: Int

    /// Opens a port for clients.
    ///
    /// - Parameters:
    ///   - host: The name or address to bind; nil for all interfaces.
    ///   - port: The UDP port; 0 for one that is free in every IP version used.
    ///   - configuration: Identity, demands on clients, and limits.
    ///   - maximumConnections: How many established connections there may be at once; further
    ///     clients are refused with "server full".
    /// - Throws: `TransportError`, of category `system` when the port cannot be had.
    public static func bind(
        host: String? = nil, port: UInt16, configuration: Configuration = Configuration(),
        maximumConnections: Int = 4096
    ) async throws(TransportError) -> Listener {
        let addresses = try await Self.addresses(host, port, configuration.families)
        let identity =
            if let given = configuration.identity { given } else { try Identity.ephemeral() }
        return try Listener(
            addresses: addresses, identity: identity, configuration: configuration,
            maximumConnections: maximumConnections)
    }

    private static func addresses(
        _ host: String?, _ port: UInt16, _ families: Set<NetworkAddress.Family>
    ) async throws(TransportError) -> [NetworkAddress] {
        guard let host else {
            return [NetworkAddress.Family.ipv4, .ipv6].filter(families.contains).map { family in
                var address = NetworkAddress.unspecified(family)
                address.port = port
                return address
            }
        }
        do throws(ResolutionFailure) {
            return try await NameResolver.resolve(
                host, port: port, families: families, limit: .seconds(60))
        } catch {
            throw TransportError(error, host: host)
        }
    }

    private init(
        addresses: [NetworkAddress], identity: Identity, configuration: Configuration,
        maximumConnections: Int
    ) throws(TransportError) {
        let rules = try Self.rules(configuration, identity, maximumConnections)
        let (stream, continuation) = AsyncStream.makeStream(
            of: HandshakeReport.self, bufferingPolicy: .bufferingNewest(Self.failuresKept))
        let queue = AcceptQueue()
        let server = ServerRole(rules: rules, queue: queue) { continuation.yield($0) }
        let driver: Driver
        do {
            let sockets = try UDPSocketPair(boundTo: addresses)
            let endpoint = Endpoint(
                seed: try SystemEntropy.seed(), resetKey: try identity.resetKey(),
                answersReset: true)
            driver = try Driver(
                sockets: sockets, endpoint: endpoint, server: server, logger: configuration.logger)
            localAddresses = sockets.localAddresses
            try driver.start()
        } catch {
            throw TransportError(cause: error)
        }
        self.identity = identity
        self.queue = queue
        self.maximumConnections = maximumConnections
        mailbox = driver.mailbox
        handshakeFailures = stream
        endFailures = { continuation.finish() }
    }

    deinit { retire() }

    /// Answers first SYNs again, or leaves them unanswered; established connections go on.
    public func setAccepting(_ isAccepting: Bool) {
        mailbox.post(.accept(isAccepting))
    }

    /// Makes further connections by another configuration, for example with renewed certificates.
    ///
    /// - Throws: `TransportError` when the configuration cannot be used; the old one stays.
    public func reload(_ configuration: Configuration) throws(TransportError) {
        let identity = configuration.identity ?? identity
        mailbox.post(.reconfigure(try Self.rules(configuration, identity, maximumConnections)))
    }

    /// Takes no more clients and ends the sequence.
    ///
    /// Connections that nobody took, also half-open ones, are closed; their clients were told when
    /// this returns.
    public func close() {
        retire()
        queue.waitUntilRetired()
    }

    private func retire() {
        for link in queue.close() {
            let code = ReservedCode.listenerClosed
            link.request(.close(code: code.rawValue, reason: code.reason))
        }
        mailbox.post(.retire)
        endFailures()
    }

    private static func rules(
        _ configuration: Configuration, _ identity: Identity, _ maximumConnections: Int
    ) throws(TransportError) -> ListenerRules {
        ListenerRules(
            security: try configuration.serverSecurity(identity),
            configuration: {
                configuration.protocolSettings(for: $0, interfaceDatagramSize: $1)
            },
            wallClock: configuration.wallClock, maximumConnections: maximumConnections)
    }
}

extension Listener: AsyncSequence {
    /// Hands out connections in the order in which they were established.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let queue: AcceptQueue

        /// The next connection; nil when the listener is closed or the task is cancelled.
        public mutating func next() async -> Connection? {
            await next(isolation: #isolation)
        }

        /// The next connection, as `next()`, without a detour from the actor over another thread.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> Connection? {
            while let link = await queue.next() {
                if let connection = Connection(established: link) { return connection }
            }
            return nil
        }
    }

    /// Begins to hand out connections; several iterators share them.
    public func makeAsyncIterator() -> Iterator { Iterator(queue: queue) }
}
