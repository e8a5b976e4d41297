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
        let security = try configuration.clientSecurity()
        let addresses = try await Connector.resolve(host, port, configuration, timeout)
        let connector = try Connector(
            configuration, security, families: Set(addresses.map(\.family)))
        return try await connector.connect(host, port, addresses, deadline: deadline)
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
