import SUDPTransport
import Testing

/// A listener on loopback and what a client needs to trust it.
struct Peers {
    let listener: Listener
    let host: String
    let port: UInt16
    var clientConfiguration = Configuration()

    static func make(
        host: String = "127.0.0.1", mode: SecurityMode = .secure, maximumConnections: Int = 4096,
        _ change: (inout Configuration) -> Void = { _ in }
    ) async throws -> Peers {
        var configuration = Configuration()
        configuration.identity = try testIdentity.get()
        configuration.allowsPlaintext = true
        change(&configuration)
        let listener = try await Listener.bind(
            host: host, port: 0, configuration: configuration,
            maximumConnections: maximumConnections)
        let port = try #require(listener.localAddresses.first?.port)
        var peers = Peers(listener: listener, host: host, port: port)
        change(&peers.clientConfiguration)
        peers.clientConfiguration.mode = mode
        peers.clientConfiguration.trust = try .pin(listener.identity.pin)
        return peers
    }

    func connect(timeout: Duration = .seconds(20)) async throws -> Connection {
        try await Connection.connect(
            host: host, port: port, configuration: clientConfiguration, timeout: timeout)
    }

    /// One client with the server's end of its connection.
    func pair() async throws -> (client: Connection, server: Connection) {
        async let accepted = accept()
        let client = try await connect()
        return (client, try #require(await accepted))
    }

    func accept() async -> Connection? {
        var iterator = listener.makeAsyncIterator()
        return await iterator.next()
    }
}

/// Made once: keys take time.
let testIdentity = Result { try Identity.ephemeral() }

extension Connection {
    /// Everything up to the end of the peer's stream.
    func readAll() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let block = try await read() { bytes += block.bytes }
        return bytes
    }

    /// Sends back what comes, and ends well.
    func echo() async throws {
        while let block = try await read() { try await write(block) }
        confirmConsumed()
        finish()
    }
}

/// Bytes that differ from one another all along.
func pattern(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
