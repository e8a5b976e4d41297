import SUDPCrypto

/// An authority with a server and a client certificate, made once for all tests of a run.
struct TestIdentities {
    static let shared = Result { try TestIdentities() }

    let authority: CertificateAuthority
    let server: CertificateChain
    let client: CertificateChain

    init(now: Int64 = HandshakePair.now, keyType: KeyType = .p256) throws {
        authority = try .generate(name: "sudp test CA", now: now, keyType: keyType)
        server = try authority.issueServer(
            hosts: ["server.example", "192.0.2.1", "2001:db8::1"], now: now, keyType: keyType)
        client = try authority.issueClient(name: "test client", now: now, keyType: keyType)
    }

    var trust: TrustPolicy { .authorities([authority.certificate]) }
}
