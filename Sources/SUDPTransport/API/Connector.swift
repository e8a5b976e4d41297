internal import SUDPCrypto
internal import SUDPProtocol

/// The client side of a UDP port: opens any number of connections from one pair of sockets.
///
/// Its connections share one thread and outlive it, as those of a `Listener` do.
public final class Connector: Sendable {
    /// How many bytes of early data a server takes at most.
    public static let maximumEarlyData = Int(Limits.earlyDataMaximum)

    private let configuration: Configuration
    private let security: @Sendable (_ host: String) -> ClientSecurity
    private let mailbox: Mailbox<DriverMessage>

    /// Opens a free port in every IP version that the configuration allows.
    ///
    /// - Throws: `TransportError`, of category `system` when no socket can be had.
    public convenience init(
        configuration: Configuration = Configuration()
    ) throws(TransportError) {
        try self.init(
            configuration, configuration.clientSecurity(), families: configuration.families)
    }

    /// Opens a free port in these IP versions.
    init(
        _ configuration: Configuration, _ security: @escaping @Sendable (String) -> ClientSecurity,
        families: Set<NetworkAddress.Family>
    ) throws(TransportError) {
        self.configuration = configuration
        self.security = security
        do {
            let driver = try Driver(
                sockets: try UDPSocketPair(boundTo: families.map { .unspecified($0) }),
                endpoint: Endpoint(
                    seed: try SystemEntropy.seed(), resetKey: try SystemEntropy.seed(),
                    answersReset: false),
                server: nil, logger: configuration.logger)
            try driver.start()
            mailbox = driver.mailbox
        } catch {
            throw TransportError(cause: error)
        }
    }

    deinit { mailbox.post(.retire) }

    /// Opens a connection as `Connection.connect` does, from this port.
    public func connect(
        host: String, port: UInt16, timeout: Duration = .seconds(60)
    ) async throws(TransportError) -> Connection {
        try await connect(host: host, port: port, timeout: timeout, FirstBytes())
    }

    /// Opens a connection whose stream begins with `earlyData`, and ends with it too when it
    /// `isFinal`.
    ///
    /// With a ticket of a server that takes early data, up to `maximumEarlyData` bytes go with the
    /// opening, so that the answer comes after one round trip; what the server did not take goes
    /// after it. Only for requests that may come twice: whoever captures them can send them again,
    /// and a server with several addresses may get them by two of them.
    public func connect(
        host: String, port: UInt16, earlyData: [UInt8], isFinal: Bool = false,
        timeout: Duration = .seconds(60)
    ) async throws(TransportError) -> Connection {
        try await connect(
            host: host, port: port, timeout: timeout,
            FirstBytes(bytes: earlyData, isFinal: isFinal))
    }

    private func connect(
        host: String, port: UInt16, timeout: Duration, _ firstBytes: FirstBytes
    ) async throws(TransportError) -> Connection {
        let deadline = ContinuousClock.now + timeout
        let addresses = try await Self.resolve(host, port, configuration, timeout)
        return try await connect(host, port, addresses, deadline: deadline, firstBytes)
    }

    /// Opens a connection to the first address of the host that completes the handshake.
    func connect(
        _ host: String, _ port: UInt16, _ addresses: [NetworkAddress],
        deadline: ContinuousClock.Instant, _ firstBytes: FirstBytes = FirstBytes()
    ) async throws(TransportError) -> Connection {
        let race = ConnectionRace(
            host: host, port: port, mailbox: mailbox, security: security(host),
            configuration: configuration, deadline: deadline, firstBytes: firstBytes)
        let link = try await race.run(addresses)
        guard let connection = Connection(established: link) else {
            guard case .closed(let end) = link.phase else { throw .cancelled }
            throw TransportError(end, peer: link.remote)
        }
        return connection
    }

    /// The addresses of a server, in the order to try them.
    static func resolve(
        _ host: String, _ port: UInt16, _ configuration: Configuration, _ limit: Duration
    ) async throws(TransportError) -> [NetworkAddress] {
        guard port != 0 else { throw TransportError(.local, "a server has no port 0") }
        do throws(ResolutionFailure) {
            return try await NameResolver.resolve(
                host, port: port, families: configuration.families, limit: limit)
        } catch {
            throw TransportError(error, host: host)
        }
    }
}
