import SUDPTransport
import Testing

@testable import SUDPServices

/// What a client makes of a server whose TCP port is not what it says.
@Suite struct BenchNoTCPTests {
    /// Measures transactions by TCP with a server that names a port.
    private func failure(port: UInt16) async throws -> (any Error)? {
        var configuration = Configuration()
        configuration.allowsPlaintext = true
        configuration.mode = .plaintext
        let listener = try await Listener.bind(
            host: "127.0.0.1", port: 0, configuration: configuration)
        let server = Task {
            for await connection in listener {
                Task { try await Self.serve(connection, port: port) }
            }
        }
        defer {
            server.cancel()
            listener.close()
        }
        var plan = BenchPlan()
        plan.duration = .milliseconds(100)
        plan.transaction = BenchTransaction(requestByteCount: 1, responseByteCount: 1)
        plan.variants = [BenchVariant(name: "tcp", way: .tcp)]
        let target = BenchTarget(
            host: "127.0.0.1", port: listener.localAddresses.first?.port ?? 0,
            configuration: configuration)
        return await BenchClient(target, plan).run().failure
    }

    private static func serve(_ connection: Connection, port: UInt16) async throws {
        let token = [UInt8](repeating: 3, count: BenchConstants.tokenByteCount)
        var inbox = BenchInbox(connection)
        while let message = try await inbox.next() {
            switch message {
            case .hello:
                try await connection.write(
                    .welcome(
                        BenchWelcome(token: token, seconds: 60, bytesPerSecond: 0, flows: 64)))
            case .tcp: try await connection.write(.port(port, token: token))
            case .ask(let question, _):
                try await connection.write(
                    .statistics(question: question, BenchStatistics()))
            default: connection.close(code: BenchCode.notUnderstood.rawValue)
            }
        }
    }

    private func loopback(port: UInt16 = 0) -> NetworkAddress {
        NetworkAddress(ipv4: 0x7f00_0001, port: port)
    }

    private func why(_ failure: (any Error)?) -> String? {
        guard case .noTCP(let why) = failure as? BenchFailure else { return nil }
        return why
    }

    @Test func `a server without a port for it is told`() async throws {
        #expect(why(try await failure(port: 0)) == "the server has no port for it")
    }

    @Test func `a port that nobody can connect to is told`() async throws {
        // Free again as soon as it is known.
        let port = try TCPSocket.listen(at: loopback()).port
        let words = try #require(why(try await failure(port: port)))
        #expect(words == "connect to TCP 127.0.0.1:\(port): Connection refused")
    }

    @Test(arguments: [
        [UInt8]("SSH-2.0-OpenSSH_9.2\r\n".utf8), [0xff, 0xff, 0xff, 0xff, 17], [0, 0, 0, 1, 99],
        [0, 0, 0, 1], [],
    ])
    func `something else that answers there is told`(bytes: [UInt8]) async throws {
        let listener = try TCPSocket.listen(at: loopback())
        let thread = DedicatedThread { () -> TCPLoad? in
            let load = listener.accept(withinMilliseconds: 60_000).map(TCPLoad.init)
            _ = load?.writeAll(bytes)
            load?.finish()
            return load
        }
        let words = try #require(why(try await failure(port: listener.port)))
        #expect(words.hasSuffix("does not say that it is ready"))
        #expect(await thread?.value != nil)
    }
}
