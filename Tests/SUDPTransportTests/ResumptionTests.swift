import Testing

@testable import SUDPTransport

@Suite(.timeLimit(.minutes(2))) struct ResumptionTests {
    private let tickets = TicketStore()

    private func peers(
        _ change: (inout Configuration) -> Void = { $0.acceptsEarlyData = true }
    ) async throws -> Peers {
        try await Peers.make { [tickets] configuration in
            configuration.tickets = tickets
            change(&configuration)
        }
    }

    private func count(_ peers: Peers) -> Int {
        tickets.count(host: peers.host, port: peers.port)
    }

    /// A connection that ends well as soon as its ticket is there.
    private func gather(_ peers: Peers) async throws -> Connection {
        let (client, server) = try await peers.pair()
        let echo = Task { try await server.echo() }
        #expect(await client.waitForTicket())
        client.finish()
        _ = try await client.readAll()
        client.confirmConsumed()
        try await echo.value
        return client
    }

    @Test func `the second connection resumes the session of the first`() async throws {
        let peers = try await peers()
        let first = try await gather(peers)
        #expect(!first.peerIdentity.isResumed)
        #expect(count(peers) == 1)
        let second = try await gather(peers)
        #expect(second.peerIdentity.isResumed)
        #expect(second.peerIdentity.certificate == first.peerIdentity.certificate)
        #expect(count(peers) == 1, "one was used and one was given")
    }

    @Test func `early data arrives with the opening and its end too`() async throws {
        let peers = try await peers()
        _ = try await gather(peers)
        let connector = try Connector(configuration: peers.clientConfiguration)
        async let accepted = peers.accept()
        let request = pattern(5000)
        let client = try await connector.connect(
            host: peers.host, port: peers.port, earlyData: request, isFinal: true)
        #expect(client.peerIdentity.isEarlyDataAccepted)
        let server = try #require(await accepted)
        let echo = Task { try await server.echo() }
        #expect(try await client.readAll() == request)
        client.confirmConsumed()
        try await client.waitUntilSendConfirmed()
        try await echo.value
    }

    @Test(arguments: [0, 1, 5000, 14_336, 14_337, 200_000])
    func `early data of any size arrives once, with and without a ticket`(
        byteCount: Int
    ) async throws {
        let peers = try await peers()
        let connector = try Connector(configuration: peers.clientConfiguration)
        let request = pattern(byteCount)
        for _ in 0..<2 {
            async let accepted = peers.accept()
            let client = try await connector.connect(
                host: peers.host, port: peers.port, earlyData: request)
            let server = try #require(await accepted)
            let echo = Task { try await server.echo() }
            let more = pattern(70_000)
            let writing = Task {
                try await client.write(more)
                client.finish()
            }
            #expect(try await client.readAll() == request + more)
            try await writing.value
            client.confirmConsumed()
            _ = await client.waitForTicket()
            try await echo.value
        }
    }

    @Test func `a server that asks for client certificates gives no ticket`() async throws {
        let peers = try await peers { $0.asksForClientCertificate = true }
        let (client, server) = try await peers.pair()
        #expect(await client.waitForTicket() == false)
        #expect(count(peers) == 0)
        server.close(code: 0)
    }

    @Test func `a listener that was given new certificates knows no old tickets`() async throws {
        let peers = try await peers()
        _ = try await gather(peers)
        var configuration = Configuration()
        configuration.identity = peers.listener.identity
        try peers.listener.reload(configuration)
        #expect(try await gather(peers).peerIdentity.isResumed == false)
    }

    @Test func `plaintext mode has no tickets and early data goes as usual`() async throws {
        let peers = try await Peers.make(mode: .plaintext) { [tickets] in $0.tickets = tickets }
        let connector = try Connector(configuration: peers.clientConfiguration)
        async let accepted = peers.accept()
        let client = try await connector.connect(
            host: peers.host, port: peers.port, earlyData: [1, 2, 3], isFinal: true)
        let server = try #require(await accepted)
        #expect(try await server.readAll() == [1, 2, 3])
        #expect(await client.waitForTicket() == false)
    }

    @Test func `a store keeps the newest tickets of a server`() async throws {
        let small = TicketStore(ticketsPerServer: 2)
        let peers = try await Peers.make { configuration in
            configuration.tickets = small
            configuration.resumesSessions = false
        }
        for _ in 0..<3 {
            let (client, server) = try await peers.pair()
            #expect(await client.waitForTicket())
            #expect(!client.peerIdentity.isResumed)
            server.close(code: 0)
        }
        #expect(small.count(host: peers.host, port: peers.port) == 2)
        #expect(small.count(host: peers.host, port: 1) == 0)
    }
}
