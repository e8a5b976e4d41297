import SUDPCrypto
import Testing

@Suite struct TLSHandshakeTests {
    let identities: TestIdentities

    init() throws {
        identities = try TestIdentities.shared.get()
    }

    private func pair(
        trust: TrustPolicy? = nil, serverName: String? = "server.example",
        clientParameters: [UInt8] = [1, 2, 3]
    ) throws -> HandshakePair {
        try HandshakePair(
            client: .client(trust: trust ?? identities.trust),
            server: .server(identity: identities.server), serverName: serverName,
            clientParameters: clientParameters)
    }

    @Test func `a handshake takes one round trip and carries both parameters`() throws {
        let pair = try pair()
        pair.run()
        #expect(pair.isClientComplete && pair.isServerComplete)
        #expect(pair.clientFlights.count == 2)
        #expect(pair.serverFlights.count == 1)
        #expect(pair.server.peerTransportParameters == [1, 2, 3])
        #expect(pair.client.peerTransportParameters == [4, 5])
        #expect(pair.client.peerCertificate == identities.server.leaf)
        #expect(pair.client.cipher == "TLS_AES_256_GCM_SHA384")
        #expect(["x25519", "X25519MLKEM768"].contains(pair.client.negotiatedGroup))
    }

    @Test func `both ends export the same secret and other labels or contexts give others`()
        throws
    {
        let pair = try pair()
        pair.run()
        let label = "EXPORTER-sudp 1"
        let secret = try #require(pair.client.exportSecret(label: label, context: [7]))
        #expect(pair.server.exportSecret(label: label, context: [7]) == secret)
        #expect(pair.server.exportSecret(label: label, context: [8]) != secret)
        #expect(pair.server.exportSecret(label: "EXPORTER-sudp 2", context: [7]) != secret)
    }

    @Test func `a server exports after its flight and a client after the last byte of it`() throws {
        let pair = try pair()
        pair.stepClient([])
        #expect(!pair.client.canExport)
        #expect(!pair.server.canExport)
        pair.stepServer(pair.client.takeOutput())
        #expect(pair.server.canExport)
        #expect(!pair.isServerComplete)
        let flight = pair.server.takeOutput()
        pair.stepClient([UInt8](flight.dropLast()))
        #expect(!pair.client.canExport)
        pair.stepClient([UInt8](flight.suffix(1)))
        #expect(pair.client.canExport)
        #expect(pair.isClientComplete)
    }

    @Test func `a handshake fed byte by byte completes`() throws {
        let pair = try pair()
        pair.stepClient([])
        for byte in pair.client.takeOutput() {
            pair.stepServer([byte])
        }
        for byte in pair.server.takeOutput() {
            pair.stepClient([byte])
        }
        for byte in pair.client.takeOutput() {
            pair.stepServer([byte])
        }
        #expect(pair.isClientComplete && pair.isServerComplete)
    }

    @Test(arguments: ["server.example", "SERVER.example.", "192.0.2.1", "2001:db8:0::1"])
    func `a server is reached by any of its names`(_ name: String) throws {
        let pair = try pair(serverName: name)
        pair.run()
        #expect(pair.isClientComplete && pair.isServerComplete)
    }

    @Test(arguments: [0, 1, 1000, 20_000])
    func `transport parameters of any length arrive`(_ count: Int) throws {
        let parameters = [UInt8](repeating: 9, count: count)
        let pair = try pair(clientParameters: parameters)
        pair.run()
        #expect(pair.isServerComplete)
        #expect(pair.server.peerTransportParameters == parameters)
    }

    @Test func `a pinned key is accepted under any name and at any time`() throws {
        let pair = try HandshakePair(
            client: .client(trust: .pins([[0], identities.server.leaf.publicKeyPin])),
            server: .server(identity: identities.server), serverName: "other.example", now: 5)
        pair.run()
        #expect(pair.isClientComplete && pair.isServerComplete)
    }

    @Test func `an unverified server is accepted without a name`() throws {
        let pair = try pair(trust: .unverified, serverName: nil)
        pair.run()
        #expect(pair.isClientComplete && pair.isServerComplete)
    }

    @Test func `a self-signed certificate is its own authority`() throws {
        let identity = try EphemeralIdentity.generate(
            hosts: ["server.example"], now: HandshakePair.now)
        let pair = try HandshakePair(
            client: .client(trust: .authorities(identity.certificates)),
            server: .server(identity: identity))
        pair.run()
        #expect(pair.isClientComplete && pair.isServerComplete)
    }

    @Test func `a demanded client certificate reaches the server`() throws {
        let pair = try HandshakePair(
            client: .client(trust: identities.trust, identity: identities.client),
            server: .server(
                identity: identities.server, clientAuthorities: [identities.authority.certificate]))
        pair.run()
        #expect(pair.isClientComplete && pair.isServerComplete)
        #expect(pair.server.peerCertificate == identities.client.leaf)
    }

    @Test func `a root at the end of an identity is not sent`() throws {
        let full = try CertificateChain(
            certificates: [identities.server.leaf, identities.authority.certificate],
            privateKey: identities.server.privateKey)
        let long = try HandshakePair(
            client: .client(trust: identities.trust), server: .server(identity: full))
        let short = try pair()
        long.run()
        short.run()
        #expect(long.isClientComplete && long.isServerComplete)
        let difference = long.serverFlights[0].count - short.serverFlights[0].count
        #expect(abs(difference) < 10)
    }

    @Test func `Ed25519 flights have a constant size`() throws {
        let identities = try TestIdentities(keyType: .ed25519)
        let sizes = try (0..<8).map { _ in
            let pair = try HandshakePair(
                client: .client(trust: identities.trust),
                server: .server(identity: identities.server))
            pair.run()
            #expect(pair.isServerComplete)
            return pair.serverFlights[0].count
        }
        #expect(Set(sizes).count == 1)
    }

    @Test func `the key log names the exporter secret of both ends`() throws {
        let lines = LineCollector()
        let pair = try HandshakePair(
            client: .client(trust: identities.trust, keyLog: { lines.append($0) }),
            server: .server(identity: identities.server, keyLog: { lines.append($0) }))
        pair.run()
        let exporters = lines.all.filter { $0.hasPrefix("EXPORTER_SECRET ") }
        #expect(exporters.count == 2)
        #expect(Set(exporters).count == 1)
    }
}
