internal import SUDPCrypto
internal import SUDPProtocol

extension Connection {
    /// Opens a connection as a client.
    ///
    /// A name with several addresses is tried as RFC 8305 says: IPv6 first, another address every
    /// 250 ms; the first that completes the handshake is taken.
    ///
    /// - Parameters:
    ///   - host: A name or a numeric address.
    ///   - port: The server's UDP port.
    ///   - configuration: Mode, trust and limits.
    ///   - timeout: The time for everything, resolving the name included.
    /// - Throws: `TransportError` with why no address could be connected to.
    public static func connect(
        host: String, port: UInt16, configuration: Configuration = Configuration(),
        timeout: Duration = .seconds(60)
    ) async throws(TransportError) -> Connection {
        let deadline = ContinuousClock.now + timeout
        let security = try configuration.clientSecurity(host: host)
        let addresses = try await resolve(host, port, configuration, timeout)
        let driver = try clientDriver(for: addresses, configuration)
        defer { driver.mailbox.post(.retire) }
        let race = ConnectionRace(
            mailbox: driver.mailbox, security: security, configuration: configuration,
            deadline: deadline)
        let link = try await race.run(addresses)
        guard let connection = Connection(established: link) else {
            guard case .closed(let end) = link.phase else { throw .cancelled }
            throw TransportError(end, peer: link.remote)
        }
        return connection
    }

    private static func resolve(
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

    private static func clientDriver(
        for addresses: [NetworkAddress], _ configuration: Configuration
    ) throws(TransportError) -> Driver {
        do {
            let families = Set(addresses.map(\.family))
            let driver = try Driver(
                sockets: try UDPSocketPair(boundTo: families.map { .unspecified($0) }),
                endpoint: Endpoint(
                    seed: try SystemEntropy.seed(), resetKey: try SystemEntropy.seed(),
                    answersReset: false),
                server: nil, logger: configuration.logger)
            try driver.start()
            return driver
        } catch {
            throw TransportError(cause: error)
        }
    }
}

/// Opens a connection for the time of `body` and closes it when that returns or throws.
///
/// A connection that both sides completed is over by then; any other is closed with code 0 when
/// `body` returned and with `ReservedCode.abandoned` when it threw. Parameters and errors are those
/// of `Connection.connect`, and the errors of `body`.
public func withConnection<Result>(
    to host: String, port: UInt16, configuration: Configuration = Configuration(),
    timeout: Duration = .seconds(60), _ body: (Connection) async throws -> Result
) async throws -> Result {
    let connection = try await Connection.connect(
        host: host, port: port, configuration: configuration, timeout: timeout)
    do {
        let result = try await body(connection)
        connection.close(code: 0)
        _ = await connection.waitUntilClosed()
        return result
    } catch {
        connection.close(
            code: ReservedCode.abandoned.rawValue, reason: ReservedCode.abandoned.reason)
        _ = await connection.waitUntilClosed()
        throw error
    }
}
