import SUDPCrypto
import Testing

@Suite struct RevocationListTests {
    static let now = HandshakePair.now

    let identities: TestIdentities

    init() throws {
        identities = try TestIdentities.shared.get()
    }

    @Test(arguments: KeyType.allCases)
    func `openssl finds the list correct and the certificate revoked`(_ keyType: KeyType) throws {
        let identities = try TestIdentities(keyType: keyType)
        let serial = identities.server.leaf.serialNumber
        let list = try identities.authority.revoke([serial], now: Self.now)
        let openssl = try OpenSSLCommand()
        try openssl.write(identities.authority.certificate.pem, to: "ca.pem")
        try openssl.write(identities.server.leaf.pem, to: "server.pem")
        try openssl.write(identities.client.leaf.pem, to: "client.pem")
        try openssl.write(list.pem, to: "crl.pem")
        let text = try openssl.run("crl", "-in", "crl.pem", "-CAfile", "ca.pem", "-noout", "-text")
        #expect(text.output.contains("verify OK"))
        #expect(text.output.contains("Version 2 (0x1)"))
        #expect(text.output.contains("X509v3 CRL Number: \n                \(Self.now)"))
        #expect(text.output.contains("Serial Number: \(serial.uppercased())"))
        for (name, isGood) in [("server.pem", false), ("client.pem", true)] {
            let result = try openssl.run(
                "verify", "-crl_check", "-x509_strict", "-attime", "\(Self.now)", "-CAfile",
                "ca.pem", "-CRLfile", "crl.pem", name)
            #expect((result.status == 0) == isGood)
            #expect(isGood || result.output.contains("certificate revoked"))
        }
    }

    @Test func `a new list keeps what an earlier one revoked`() throws {
        let first = try identities.authority.revoke(["40ff", "7a"], days: 7, now: Self.now)
        let read = try RevocationList.bundle(pem: first.pem)
        let second = try identities.authority.revoke(
            ["0102", "7a"], previous: read.first, days: 7, now: Self.now + 60)
        #expect(second.serialNumbers == ["0102", "40ff", "7a"])
        #expect(first.nextUpdate == Self.now - 300 + 7 * 86_400 - 1)
        #expect(second.isSigned(by: identities.authority.certificate))
    }

    @Test(arguments: ["", "1", "zz", "0x12", "-1", "12 34", String(repeating: "ab", count: 21)])
    func `a text that is no serial number is refused`(_ text: String) {
        #expect(throws: CryptoError.self) { try identities.authority.revoke([text], now: Self.now) }
    }

    @Test func `another authority's list is not continued`() throws {
        let foreign = try TestIdentities().authority.revoke([], now: Self.now)
        let error = #expect(throws: CryptoError.self) {
            try identities.authority.revoke([], previous: foreign, now: Self.now)
        }
        #expect(error?.kind == .notAuthority)
    }

    @Test(arguments: ["", "no list", "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"])
    func `a text without a list is refused`(_ text: String) {
        #expect(throws: CryptoError.self) { try RevocationList.bundle(pem: text) }
    }
}
