import Testing

@testable import SUDPTransport

/// A listener on loopback and what a client needs to trust it.
struct Peers {
    let listener: Listener
    var host: String
    let port: UInt16
    var clientConfiguration = Configuration()

    static func make(
        host: String? = "127.0.0.1", mode: SecurityMode = .secure, maximumConnections: Int = 4096,
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
        var peers = Peers(listener: listener, host: host ?? "", port: port)
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
        #expect(await waitUntilClosed() == .complete)
    }
}

/// Bytes that differ from one another all along.
func pattern(_ count: Int) -> [UInt8] {
    var state: UInt64 = 1
    let words = (0...(count / 8)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 33
    }
    return words.withUnsafeBytes { Array($0[..<count]) }
}

/// Runs `body` on a thread where it may block.
func onThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) -> Task<Result, any Error> {
    Task {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try NamedThread.start(name: "test") {
                    continuation.resume(with: Swift.Result { try body() })
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}

/// Expects `body` to throw a `TransportError` of the category.
func expect(
    category: TransportError.Category, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch {
        let found = (error as? TransportError)?.category
        #expect(found == category, "\(error)", sourceLocation: sourceLocation)
    }
}
