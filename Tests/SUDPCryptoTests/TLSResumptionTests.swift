import SUDPCrypto
import Testing

@Suite struct TLSResumptionTests {
    private static let label = "EXPORTER-sudp early"

    let identities: TestIdentities
    let client: TLSContext
    let server: TLSContext
    let earlyServer: TLSContext

    init() throws {
        identities = try TestIdentities.shared.get()
        client = try .client(trust: identities.trust)
        server = try .server(identity: identities.server)
        earlyServer = try .server(identity: identities.server, maximumEarlyData: 1000)
    }

    @Test func `a ticket resumes the session without a certificate`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: server))
        let pair = try HandshakePair(client: client, server: server, ticket: ticket)
        pair.server.giveTicket()
        pair.run()
        #expect(pair.isClientComplete && pair.isServerComplete)
        #expect(pair.client.isResumed && pair.server.isResumed)
        #expect(pair.client.peerCertificate == identities.server.leaf)
        #expect(try #require(pair.serverFlights.first).count < 300)
        #expect(pair.client.exportSecret(label: Self.label, context: []) != nil)
        #expect(pair.client.ticket != nil)
    }

    @Test func `a resumed session gives a ticket that resumes again`() throws {
        var ticket = try #require(try HandshakePair.ticket(client: client, server: server))
        for _ in 0..<3 {
            let pair = try HandshakePair(client: client, server: server, ticket: ticket)
            pair.server.giveTicket()
            pair.run()
            #expect(pair.client.isResumed)
            ticket = try #require(pair.client.ticket)
        }
    }

    @Test func `a server gives no ticket to a client that did not ask`() throws {
        let pair = try HandshakePair(client: client, server: server)
        pair.run()
        #expect(pair.client.ticket == nil)
        #expect(pair.serverFlights.count == 1)
    }

    @Test func `a server that asks for client certificates gives no ticket`() throws {
        let asking = try TLSContext.server(
            identity: identities.server, asksForClientCertificate: true)
        #expect(try HandshakePair.ticket(client: client, server: asking) == nil)
    }

    @Test func `a ticket serves once`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: earlyServer))
        for isFirst in [true, false] {
            let pair = try HandshakePair(client: client, server: earlyServer, ticket: ticket)
            pair.run()
            #expect(pair.isClientComplete && pair.isServerComplete)
            #expect(pair.client.isResumed == isFirst)
        }
    }

    @Test func `a server that forgot the session makes a full handshake`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: earlyServer))
        let pair = try HandshakePair(
            client: client, server: server, ticket: ticket, offersEarlyData: true)
        pair.run()
        #expect(pair.isClientComplete && pair.isServerComplete)
        #expect(!pair.client.isResumed && !pair.client.isEarlyDataAccepted)
        #expect(pair.client.peerCertificate == identities.server.leaf)
    }

    // MARK: Trust

    @Test func `a ticket is not offered once the certificate has expired`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: server))
        let late = identities.server.leaf.notAfter
        let pair = try HandshakePair(client: client, server: server, now: late, ticket: ticket)
        pair.run()
        #expect(!pair.isClientComplete)
        #expect(pair.clientFailure?.kind == .expired)
    }

    @Test func `a ticket is not offered to who would trust the server no more`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: server))
        for trust in [TrustPolicy.nothing, .pins([[UInt8](repeating: 7, count: 32)])] {
            let pair = try HandshakePair(
                client: .client(trust: trust), server: server, ticket: ticket)
            pair.run()
            #expect(pair.clientFailure != nil)
        }
    }

    @Test func `a ticket is not offered under a name that the certificate lacks`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: server))
        let pair = try HandshakePair(
            client: client, server: server, serverName: "other.example", ticket: ticket)
        pair.run()
        #expect(pair.clientFailure?.kind == .wrongName)
    }

    @Test func `a ticket of an unverified server does not make it trusted`() throws {
        let careless = try TLSContext.client(trust: .unverified)
        let ticket = try #require(try HandshakePair.ticket(client: careless, server: server))
        let strict = try TLSContext.client(trust: .pins([[UInt8](repeating: 7, count: 32)]))
        let pair = try HandshakePair(client: strict, server: server, ticket: ticket)
        pair.run()
        #expect(pair.clientFailure?.kind == .wrongPin)
    }

    // MARK: Early data

    @Test func `both ends derive the same early secret from the ClientHello alone`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: earlyServer))
        let pair = try HandshakePair(
            client: client, server: earlyServer, ticket: ticket, offersEarlyData: true)
        pair.stepClient([])
        let secret = try #require(pair.client.exportEarlySecret(label: Self.label, context: []))
        pair.stepServer(pair.client.takeOutput())
        #expect(pair.server.exportEarlySecret(label: Self.label, context: []) == secret)
        #expect(pair.server.isEarlyDataAccepted && pair.server.canExport)
        #expect(!pair.isServerComplete)
        pair.stepClient(pair.server.takeOutput())
        pair.stepServer(pair.client.takeOutput())
        #expect(pair.isClientComplete && pair.isServerComplete)
        #expect(pair.client.isEarlyDataAccepted)
        #expect(pair.client.earlyDataLimit == 1000 && pair.server.earlyDataLimit == 1000)
        #expect(pair.client.exportSecret(label: Self.label, context: []) != secret)
    }

    @Test func `a ClientHello that is sent again gets no early secret`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: earlyServer))
        let first = try HandshakePair(
            client: client, server: earlyServer, ticket: ticket, offersEarlyData: true)
        first.stepClient([])
        let hello = first.client.takeOutput()
        first.stepServer(hello)
        #expect(first.server.isEarlyDataAccepted)
        let replay = try HandshakePair(client: client, server: earlyServer)
        replay.stepServer(hello)
        #expect(replay.server.exportEarlySecret(label: Self.label, context: []) == nil)
        #expect(!replay.server.isEarlyDataAccepted && !replay.server.isResumed)
    }

    @Test func `a server that takes no early data gives tickets without`() throws {
        let ticket = try #require(try HandshakePair.ticket(client: client, server: server))
        #expect(ticket.maximumEarlyData == 0)
        let pair = try HandshakePair(
            client: client, server: server, ticket: ticket, offersEarlyData: true)
        pair.stepClient([])
        #expect(pair.client.exportEarlySecret(label: Self.label, context: []) == nil)
        pair.run()
        #expect(pair.isClientComplete && pair.client.isResumed)
    }

    @Test func `damaged hellos with early data end in a failure or a full handshake`() throws {
        for index in stride(from: 5, to: 280, by: 3) {
            let ticket = try #require(try HandshakePair.ticket(client: client, server: earlyServer))
            let pair = try HandshakePair(
                client: client, server: earlyServer, ticket: ticket, offersEarlyData: true)
            pair.stepClient([])
            var hello = pair.client.takeOutput()
            guard index < hello.count else { return }
            hello[index] ^= 0x41
            pair.stepServer(hello)
            #expect(!pair.server.isEarlyDataAccepted)
        }
    }
}
