import SUDPCrypto
import Testing

@Suite struct CertificateAuthorityTests {
    static let now = HandshakePair.now
    static let day: Int64 = 86_400

    let identities: TestIdentities

    init() throws {
        identities = try TestIdentities.shared.get()
    }

    @Test(arguments: KeyType.allCases)
    func `openssl verifies what an authority issues, strictly`(_ keyType: KeyType) throws {
        let identities = try TestIdentities(keyType: keyType)
        let openssl = try OpenSSLCommand()
        try openssl.write(identities.authority.certificate.pem, to: "ca.pem")
        for (chain, purpose) in [
            (identities.server, "sslserver"), (identities.client, "sslclient"),
        ] {
            try openssl.write(chain.leaf.pem, to: "leaf.pem")
            let result = try openssl.run(
                "verify", "-x509_strict", "-check_ss_sig", "-purpose", purpose, "-attime",
                "\(Self.now)", "-CAfile", "ca.pem", "leaf.pem")
            #expect(result.output == "leaf.pem: OK\n")
        }
        let wrong = try openssl.run(
            "verify", "-purpose", "sslserver", "-attime", "\(Self.now)", "-CAfile", "ca.pem",
            "leaf.pem")
        #expect(wrong.status != 0)
    }

    @Test func `openssl reads the profile of an authority`() throws {
        let text = try text(of: identities.authority.certificate)
        #expect(text.contains("Version: 3 (0x2)"))
        #expect(text.contains("Basic Constraints: critical\n                CA:TRUE, pathlen:0"))
        #expect(text.contains("Key Usage: critical\n                Certificate Sign, CRL Sign"))
        #expect(text.contains("Subject Key Identifier"))
        #expect(text.contains("ecdsa-with-SHA256") && text.contains("NIST CURVE: P-256"))
        let certificate = identities.authority.certificate
        #expect(certificate.notBefore == Self.now - 300)
        #expect(certificate.notAfter - certificate.notBefore == 3650 * Self.day - 1)
        #expect(certificate.isAuthority && certificate.isSelfIssued)
        #expect(certificate.subject == "CN = sudp test CA")
    }

    @Test func `openssl reads the profile of a server`() throws {
        let leaf = identities.server.leaf
        let text = try text(of: leaf)
        #expect(text.contains("Basic Constraints: critical\n                CA:FALSE"))
        #expect(text.contains("Key Usage: critical\n                Digital Signature\n"))
        #expect(
            text.contains("Extended Key Usage: \n                TLS Web Server Authentication\n"))
        #expect(
            text.contains("Authority Key Identifier") && text.contains("Subject Key Identifier"))
        #expect(
            text.contains(
                "DNS:server.example, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1"))
        #expect(leaf.notAfter - leaf.notBefore == 398 * Self.day - 1)
        #expect(!leaf.isAuthority && !leaf.isSelfIssued)
        #expect(leaf.subject == "CN = server.example" && leaf.issuer == "CN = sudp test CA")
        #expect(
            leaf.subjectAlternativeNames.map(\.description)
                == ["DNS:server.example", "IP:192.0.2.1", "IP:2001:db8::1"])
    }

    @Test func `openssl reads the profile of a client`() throws {
        let text = try text(of: identities.client.leaf)
        #expect(
            text.contains("Extended Key Usage: \n                TLS Web Client Authentication\n"))
        #expect(!text.contains("Alternative Name") && text.contains("CN = test client"))
    }

    private func text(of certificate: Certificate) throws -> String {
        let openssl = try OpenSSLCommand()
        try openssl.write(certificate.pem, to: "certificate.pem")
        return try openssl.run("x509", "-in", "certificate.pem", "-noout", "-text").output
    }

    @Test func `serial numbers are 16 positive random bytes`() throws {
        let serials = try (0..<50).map { _ in
            try identities.authority.issueClient(name: "c", now: Self.now).leaf.serialNumber
        }
        #expect(Set(serials).count == 50)
        for serial in serials {
            #expect(serial.count == 32)
            #expect(("4"..."7").contains(try #require(serial.first)))
        }
    }

    @Test func `no certificate outlives its authority`() throws {
        let authority = try CertificateAuthority.generate(
            name: "short", now: Self.now, days: 10)
        let leaf = try authority.issueServer(hosts: ["a.example"], now: Self.now).leaf
        #expect(leaf.notAfter == authority.certificate.notAfter)
        let before = try authority.issueServer(hosts: ["a.example"], days: 9, now: Self.now).leaf
        #expect(before.notAfter == authority.certificate.notAfter - Self.day)
    }

    @Test func `an authority issues only while it is valid`() throws {
        for (time, kind) in [
            (Self.now - Self.day, CryptoError.Kind.notYetValid),
            (Self.now + 3651 * Self.day, .expired),
        ] {
            let error = #expect(throws: CryptoError.self) {
                try identities.authority.issueClient(name: "late", now: time)
            }
            #expect(error?.kind == kind)
        }
    }

    @Test(arguments: [Int.min, -1, 0, 36_501, Int.max])
    func `an impossible number of days is refused`(_ days: Int) {
        for make in [
            { try CertificateAuthority.generate(name: "x", now: Self.now, days: days).certificate },
            { try identities.authority.issueServer(hosts: ["a"], days: days, now: Self.now).leaf },
            { try EphemeralIdentity.generate(hosts: ["a"], days: days, now: Self.now).leaf },
        ] {
            let error = #expect(throws: CryptoError.self) { try make() }
            #expect(error?.kind == .invalidValidity)
        }
    }

    @Test(arguments: [
        "", ".", "..", "../x", "a..b", "-a.example", "a-.example", "a b", "a\nb", "a\0b", "\"a\"",
        "'a'", "a,DNS:b", "a/b", "caf\u{e9}.example", "*", "*.com", "*.", "f*o.example.com",
        "a.*.example.com", "**.example.com", "1.2.3", "256.1.1.1", "1.2.3.4.5", "::g", "[::1]",
        "a:443", String(repeating: "a", count: 64) + ".example",
        String(repeating: "a.", count: 127) + "aa", String(repeating: "x", count: 300),
    ])
    func `a host that is no name and no address is refused`(_ host: String) throws {
        let error = #expect(throws: CryptoError.self) {
            try identities.authority.issueServer(hosts: ["good.example", host], now: Self.now)
        }
        #expect(error?.kind == .invalidName)
        #expect(error?.description.contains("\n") == false)
    }

    @Test(arguments: [
        ("localhost", SubjectAlternativeName.dnsName("localhost")),
        ("Host.Example.", .dnsName("host.example")), ("*.example.com", .dnsName("*.example.com")),
        ("a_b.example", .dnsName("a_b.example")), ("1.example", .dnsName("1.example")),
        ("xn--caf-dma.example", .dnsName("xn--caf-dma.example")),
        ("127.0.0.1", .ipAddress("127.0.0.1")), ("::1", .ipAddress("::1")),
        ("2001:DB8:0:0::1", .ipAddress("2001:db8::1")), ("fe80::1%eth0", .ipAddress("fe80::1")),
        (
            String(repeating: "a.", count: 126) + "a",
            .dnsName(String(repeating: "a.", count: 126) + "a")
        ),
    ])
    func `a host becomes a name of the right type`(
        _ host: String, _ name: SubjectAlternativeName
    ) throws {
        let leaf = try identities.authority.issueServer(hosts: [host, host], now: Self.now).leaf
        #expect(leaf.subjectAlternativeNames == [name])
    }

    @Test func `a server certificate needs a host`() {
        #expect(throws: CryptoError.self) {
            try identities.authority.issueServer(hosts: [], now: Self.now)
        }
    }

    @Test(arguments: [
        "", " ", " a", "a ", ".a", "../a", "a/b", "a\\b", "a\nb", "a\0b", "a\"b", "a'b", "a,b=c",
        "a\u{202e}b", String(repeating: "a", count: 65),
    ])
    func `a common name that could mislead is refused`(_ name: String) {
        for make in [
            { try identities.authority.issueClient(name: name, now: Self.now).leaf },
            { try CertificateAuthority.generate(name: name, now: Self.now).certificate },
        ] {
            let error = #expect(throws: CryptoError.self) { try make() }
            #expect(error?.kind == .invalidName)
        }
    }

    @Test func `an authority comes back from its PEM texts`() throws {
        let authority = identities.authority
        let loaded = try CertificateAuthority.load(
            certificate: Certificate(pem: authority.certificate.pem),
            key: PrivateKey(pem: authority.privateKey.pem))
        let leaf = try loaded.issueServer(hosts: ["a.example"], now: Self.now).leaf
        #expect(leaf.issuer == authority.certificate.subject)
        let error = #expect(throws: CryptoError.self) {
            try CertificateAuthority.load(
                certificate: authority.certificate, key: identities.server.privateKey)
        }
        #expect(error?.kind == .keyMismatch)
        let leafError = #expect(throws: CryptoError.self) {
            try CertificateAuthority.load(
                certificate: identities.server.leaf, key: identities.server.privateKey)
        }
        #expect(leafError?.kind == .notAuthority)
    }
}
