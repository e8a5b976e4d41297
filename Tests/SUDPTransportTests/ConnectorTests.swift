import Testing

@testable import SUDPTransport

@Suite(.timeLimit(.minutes(2))) struct ConnectorTests {
    @Test func `connections of one connector share a port and outlive it`() async throws {
        let peers = try await Peers.make()
        var connector: Connector? = try Connector(configuration: peers.clientConfiguration)
        var clients: [Connection] = []
        var echoes: [Task<Void, any Error>] = []
        for _ in 0..<3 {
            async let accepted = peers.accept()
            if let client = try await connector?.connect(host: peers.host, port: peers.port) {
                clients.append(client)
            }
            let server = try #require(await accepted)
            echoes.append(Task { try await server.echo() })
        }
        connector = nil

        #expect(Set(clients.map(\.localAddress.port)).count == 1)
        for (number, client) in clients.enumerated() {
            let bytes = pattern(100_000 + number)
            try await client.write(bytes)
            client.finish()
            #expect(try await client.readAll() == bytes)
            client.confirmConsumed()
        }
        for echo in echoes { try await echo.value }
    }

    @Test func `one server that refuses does not end the connector`() async throws {
        let nobody = try UDPSocket(boundTo: NetworkAddress(ipv4: 0x7f00_0001, port: 0))
            .localAddress.port
        let peers = try await Peers.make()
        let connector = try Connector(configuration: peers.clientConfiguration)

        await expect(category: .refused) {
            _ = try await connector.connect(host: "127.0.0.1", port: nobody)
        }
        let connection = try await connector.connect(host: peers.host, port: peers.port)

        #expect(connection.peerIdentity.mode == .secure)
    }
}
