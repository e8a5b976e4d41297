import SUDPCrypto
import Testing

@Suite struct TLSRefusalTests {
    static let day: Int64 = 86_400

    let identities: TestIdentities

    init() throws {
        identities = try TestIdentities.shared.get()
    }

    private func run(
        trust: TrustPolicy? = nil, server: CertificateChain? = nil,
        serverName: String = "server.example", revocationLists: [String] = [],
        now: Int64 = HandshakePair.now
    ) throws -> HandshakePair {
        let pair = try HandshakePair(
            client: .client(trust: trust ?? identities.trust, revocationLists: revocationLists),
            server: .server(identity: server ?? identities.server), serverName: serverName,
            now: now)
        pair.run()
        return pair
    }

    /// Both sides failed, the client for `kind`, the server by the client's alert.
    private func expectRefusal(
        _ pair: HandshakePair, _ kind: TLSFailure.Kind, alert: UInt8, contains words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let failure = try #require(pair.clientFailure, sourceLocation: sourceLocation)
        #expect(failure.kind == kind, sourceLocation: sourceLocation)
        #expect(failure.alert == alert, sourceLocation: sourceLocation)
        #expect(!failure.isFromPeer, sourceLocation: sourceLocation)
        #expect(failure.reason.contains(words), "\(failure.reason)", sourceLocation: sourceLocation)
        let peerPin = pair.client.peerCertificate?.publicKeyPin
        #expect(failure.peerPin == peerPin && peerPin != nil, sourceLocation: sourceLocation)
        let answer = try #require(pair.serverFailure, sourceLocation: sourceLocation)
        #expect(answer.isFromPeer && answer.alert == alert, sourceLocation: sourceLocation)
        #expect(!pair.isServerComplete && !pair.isClientComplete, sourceLocation: sourceLocation)
        #expect(!pair.client.canExport, sourceLocation: sourceLocation)
    }

    @Test func `a certificate counts from its first second until its end`() throws {
        let leaf = identities.server.leaf
        #expect(try run(now: leaf.notBefore).isClientComplete)
        #expect(try run(now: leaf.notAfter - 1).isClientComplete)
        try expectRefusal(
            try run(now: leaf.notBefore - 1), .notYetValid, alert: 42, contains: "notBefore 2027-")
        try expectRefusal(
            try run(now: leaf.notAfter), .expired, alert: 45, contains: "notAfter 2028-")
    }

    @Test(arguments: [
        "other.example", "a.server.example", "example", "192.0.2.2", "2001:db8::2",
    ])
    func `a certificate for other names is refused`(_ name: String) throws {
        try expectRefusal(
            try run(serverName: name), .wrongName, alert: 42,
            contains: "is for server.example, 192.0.2.1, 2001:db8::1 and not for \(name)")
    }

    @Test(arguments: [
        ("*.example.com", "a.example.com", true),
        ("*.example.com", "A.EXAMPLE.com", true),
        ("*.example.com", "example.com", false),
        ("*.example.com", "a.b.example.com", false),
        ("a.example.com", "b.example.com", false),
        ("127.0.0.1", "localhost", false),
    ])
    func `a wildcard stands for one whole label`(
        _ host: String, _ name: String, _ isAccepted: Bool
    ) throws {
        let server = try identities.authority.issueServer(hosts: [host], now: HandshakePair.now)
        #expect(try run(server: server, serverName: name).isClientComplete == isAccepted)
    }

    @Test func `a client certificate is no server certificate`() throws {
        let pair = try run(trust: identities.trust, server: identities.client)
        #expect(pair.clientFailure?.kind == .certificateInvalid)
        #expect(pair.clientFailure?.alert == 43)
    }

    @Test func `a certificate of another authority is refused`() throws {
        let other = try TestIdentities()
        try expectRefusal(
            try run(server: other.server), .certificateUntrusted, alert: 48,
            contains: "no trusted authority")
    }

    @Test func `a key that is not pinned is refused`() throws {
        try expectRefusal(
            try run(trust: .pins([[UInt8](repeating: 0, count: 32)])), .wrongPin, alert: 42,
            contains: "is not the pinned one")
    }

    @Test func `without any trust the failure tells the pin`() throws {
        let pair = try run(trust: .nothing)
        try expectRefusal(pair, .noTrust, alert: 48, contains: "whom to trust")
        #expect(pair.clientFailure?.peerPin == identities.server.leaf.publicKeyPin)
    }

    @Test func `a client that trusts authorities must name its server`() throws {
        let context = try TLSContext.client(trust: identities.trust)
        #expect(throws: CryptoError.self) {
            try TLSSession(
                context: context, side: .client, serverName: nil, transportParameters: [],
                verificationTime: HandshakePair.now)
        }
    }

    @Test func `a revoked server is refused and an unrevoked one is not`() throws {
        let now = HandshakePair.now
        let authority = identities.authority
        let other = try authority.issueServer(hosts: ["server.example"], now: now)
        let list = try authority.revoke([other.leaf.serialNumber], now: now)
        #expect(try run(revocationLists: [list.pem]).isClientComplete)
        try expectRefusal(
            try run(server: other, revocationLists: [list.pem]), .revoked, alert: 44,
            contains: "is revoked")
    }

    @Test func `revocation is unknown without a current list of the issuer`() throws {
        let now = HandshakePair.now
        let old = try identities.authority.revoke([], days: 1, now: now)
        let foreign = try TestIdentities().authority.revoke([], days: 9, now: now)
        for list in [old, foreign] {
            let pair = try run(revocationLists: [list.pem], now: now + 2 * Self.day)
            #expect(pair.clientFailure?.kind == .revocationUnknown)
        }
    }

    @Test func `a client without the demanded certificate learns it after its own handshake`()
        throws
    {
        let pair = try HandshakePair(
            client: .client(trust: identities.trust),
            server: .server(
                identity: identities.server, clientAuthorities: [identities.authority.certificate]))
        pair.run()
        #expect(pair.serverFailure?.kind == .clientCertificateRequired)
        #expect(pair.serverFailure?.isFromPeer == false)
        #expect(pair.clientFailure?.kind == .clientCertificateRequired)
        #expect(pair.clientFailure?.isFromPeer == true)
        #expect(pair.clientFailure?.alert == 116)
    }

    @Test func `a server refuses a foreign, an expired and a revoked client`() throws {
        let now = HandshakePair.now
        let authority = identities.authority
        let list = try authority.revoke([identities.client.leaf.serialNumber], now: now)
        let cases: [(CertificateChain, [String], Int64, TLSFailure.Kind)] = [
            (try TestIdentities().client, [], now, .certificateUntrusted),
            (
                try authority.issueClient(name: "short", days: 1, now: now), [],
                now + 2 * Self.day, .expired
            ),
            (identities.client, [list.pem], now, .revoked),
        ]
        for (client, lists, now, kind) in cases {
            let pair = try HandshakePair(
                client: .client(trust: identities.trust, identity: client),
                server: .server(
                    identity: identities.server, clientAuthorities: [authority.certificate],
                    revocationLists: lists),
                now: now)
            pair.run()
            #expect(pair.serverFailure?.kind == kind)
            #expect(pair.serverFailure?.peerPin == client.leaf.publicKeyPin)
            #expect(pair.clientFailure?.isFromPeer == true)
        }
    }
}
