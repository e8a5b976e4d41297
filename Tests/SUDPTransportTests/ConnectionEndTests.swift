import SUDPTransport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ConnectionEndTests {
    @Test func `the peer hears code and reason of a close`() async throws {
        let (client, server) = try await Peers.make().pair()

        client.close(code: 42, reason: "enough")

        let reason = CloseReason.closedByPeer(.application(42), reason: "enough")
        #expect(await server.waitUntilClosed() == reason)
        await expect(category: .closedByPeer(.application(42), reason: "enough")) {
            _ = try await server.read()
        }
        await expect(category: .local) { _ = try await client.read() }
        await expect(category: .local) { try await client.write([1]) }
    }

    @Test func `bytes that came before the end can still be read`() async throws {
        let (client, server) = try await Peers.make().pair()
        let bytes = pattern(100_000)
        try await client.write(bytes)
        while await server.statistics().streamBytesReceived < bytes.count {}

        client.close(code: 1)
        _ = await server.waitUntilClosed()

        var received: [UInt8] = []
        await expect(category: .closedByPeer(.application(1), reason: "")) {
            while let block = try await server.read() { received += block.bytes }
        }
        #expect(received == bytes)
    }

    @Test func `letting go of a connection closes it`() async throws {
        let peers = try await Peers.make()
        var pair: (client: Connection, server: Connection)? = try await peers.pair()
        let server = try #require(pair?.server)
        pair = nil

        let code = CloseCode.application(ReservedCode.abandoned.rawValue)
        #expect(
            await server.waitUntilClosed()
                == .closedByPeer(code, reason: ReservedCode.abandoned.reason))
    }

    @Test func `a scope closes its connection`() async throws {
        let peers = try await Peers.make()
        async let accepted = peers.accept()

        let mode = try await withConnection(
            to: peers.host, port: peers.port, configuration: peers.clientConfiguration
        ) { connection in connection.peerIdentity.mode }

        #expect(mode == .secure)
        let server = try #require(await accepted)
        #expect(
            await server.waitUntilClosed() == .closedByPeer(.application(0), reason: ""))
    }

    @Test func `a stream that was given up is not complete`() async throws {
        let (client, server) = try await Peers.make().pair()

        try await client.write([1])
        client.reset(code: 9)

        await expect(category: .truncated) { while try await server.read() != nil {} }
        await expect(category: .local) { try await client.write([2]) }
    }

    @Test func `a peer that reads no more stops the writer`() async throws {
        let (client, server) = try await Peers.make().pair()

        server.stopReading(code: 5)

        await expect(category: .closedByPeer(.application(5), reason: "")) {
            while true { try await client.write([UInt8](repeating: 0, count: 10_000)) }
        }
        await expect(category: .closedByPeer(.application(5), reason: "")) {
            try await client.waitUntilSendConfirmed()
        }
        await expect(category: .local) { _ = try await server.read() }
    }

    @Test func `nothing is written behind the end`() async throws {
        let (client, server) = try await Peers.make().pair()

        client.finish()

        await expect(category: .local) { try await client.write([1]) }
        withExtendedLifetime(server) {}
    }

    @Test func `a cancelled read leaves the connection as it was`() async throws {
        let (client, server) = try await Peers.make().pair()
        let reading = Task { try await server.read() }
        reading.cancel()
        let result = await reading.result

        #expect(throws: TransportError.self) { try result.get() }
        try await client.write([8])
        #expect(try await server.read()?.bytes == [8])
    }

    @Test func `a cancelled write ends`() async throws {
        let (client, server) = try await Peers.make().pair()
        let writing = Task {
            while true { try await client.write([UInt8](repeating: 0, count: 100_000)) }
        }
        while await client.statistics().streamBytesWritten < 1_000_000 {}

        writing.cancel()

        await expect(category: .cancelled) { try await writing.value }
        withExtendedLifetime(server) {}
    }

    @Test func `a cancelled wait for the confirmation ends`() async throws {
        let (client, server) = try await Peers.make().pair()
        let waiting = Task { try await client.waitUntilSendConfirmed() }

        waiting.cancel()

        await expect(category: .cancelled) { try await waiting.value }
        withExtendedLifetime(server) {}
    }
}
