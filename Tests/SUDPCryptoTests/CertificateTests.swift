import SUDPCrypto
import Testing

@Suite struct CertificateTests {
    let identities: TestIdentities

    init() throws {
        identities = try TestIdentities.shared.get()
    }

    private func kind(_ body: () throws -> Any) -> CryptoError.Kind? {
        #expect(throws: CryptoError.self) { _ = try body() }?.kind
    }

    @Test func `fingerprint, pin and serial number agree with openssl`() throws {
        let leaf = identities.server.leaf
        let openssl = try OpenSSLCommand()
        try openssl.write(leaf.pem, to: "leaf.pem")
        let fingerprint = try openssl.run(
            "x509", "-in", "leaf.pem", "-noout", "-fingerprint", "-sha256", "-serial"
        ).output
        let hexadecimal = leaf.fingerprint.map { hexadecimalText($0) }
        #expect(fingerprint.lowercased().contains(hexadecimal.joined(separator: ":")))
        #expect(fingerprint.lowercased().contains("serial=\(leaf.serialNumber)\n"))
        try openssl.run("x509", "-in", "leaf.pem", "-noout", "-pubkey", "-out", "key.pem")
        try openssl.run("pkey", "-pubin", "-in", "key.pem", "-outform", "DER", "-out", "key.der")
        let digest = try openssl.run("dgst", "-sha256", "-r", "key.der").output
        #expect(digest.hasPrefix(leaf.publicKeyPin.map { hexadecimalText($0) }.joined()))
    }

    private func hexadecimalText(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    @Test func `PEM is read with carriage returns, a byte order mark and text around it`() throws {
        let pem = identities.server.leaf.pem
        let windows = pem.split(separator: "\n").joined(separator: "\r\n")
        for text in [pem, windows, "\u{FEFF}" + pem, "a comment\n" + pem + "more\n"] {
            #expect(try Certificate(pem: text) == identities.server.leaf)
        }
    }

    @Test func `a bundle is read in order and other blocks are passed over`() throws {
        let text =
            identities.server.privateKey.pem + identities.server.leaf.pem
            + identities.authority.certificate.pem
        #expect(
            try Certificate.bundle(pem: text)
                == [identities.server.leaf, identities.authority.certificate])
        #expect(try PrivateKey(pem: text).matches(identities.server.leaf))
        let chain = try CertificateChain(certificatePEM: text, keyPEM: text)
        #expect(chain.leaf == identities.server.leaf && chain.certificates.count == 2)
    }

    @Test func `each wrong text has its own error`() throws {
        let leaf = identities.server.leaf.pem
        let key = identities.server.privateKey.pem
        #expect(kind { try Certificate(pem: "") } == .notPEM)
        #expect(kind { try Certificate(pem: "hello") } == .notPEM)
        #expect(kind { try Certificate(pem: key) } == .notPEM)
        #expect(kind { try PrivateKey(pem: leaf) } == .notPEM)
        #expect(kind { try PrivateKey(pem: key + key) } == .severalKeys)
        #expect(kind { try Certificate(pem: String(repeating: "\n", count: 1 << 21)) } == .tooLarge)
        #expect(kind { try PrivateKey(pem: String(repeating: "\n", count: 1 << 21)) } == .tooLarge)
        let lines = leaf.split(separator: "\n")
        let cut = lines.dropLast(4).joined(separator: "\n") + "\n"
        #expect(kind { try Certificate(pem: cut) } == .malformed)
        let noEnd = lines.dropLast().joined(separator: "\n") + "\n"
        #expect(kind { try Certificate(pem: leaf + noEnd) } == .malformed)
        let junk = [lines[0], "!!!!", lines[lines.count - 1]].joined(separator: "\n") + "\n"
        #expect(kind { try Certificate(pem: junk) } == .malformed)
        let notDER = [lines[0], "AAAA", lines[lines.count - 1]].joined(separator: "\n") + "\n"
        #expect(kind { try Certificate(pem: notDER) } == .malformed)
    }

    @Test func `a key of another certificate is refused`() {
        let error = kind {
            try CertificateChain(
                certificates: identities.server.certificates,
                privateKey: identities.client.privateKey)
        }
        #expect(error == .keyMismatch)
        let empty = kind {
            try CertificateChain(certificates: [], privateKey: identities.client.privateKey)
        }
        #expect(empty == .notPEM)
    }

    @Test(arguments: [["pkey", "-aes256"], ["ec", "-aes256"]])
    func `an encrypted key is refused without asking for its passphrase`(
        _ command: [String]
    ) throws {
        let openssl = try OpenSSLCommand()
        try openssl.write(identities.server.privateKey.pem, to: "key.pem")
        try openssl.run(
            command[0], command[1], "-passout", "pass:secret", "-in", "key.pem", "-out",
            "locked.pem")
        let locked = try openssl.read("locked.pem")
        #expect(locked.contains("ENCRYPTED"))
        #expect(kind { try PrivateKey(pem: locked) } == .encryptedKey)
    }

    @Test func `a validity is judged at the given time`() throws {
        let leaf = identities.server.leaf
        try leaf.requireValid(at: leaf.notBefore)
        try leaf.requireValid(at: leaf.notAfter - 1)
        #expect(kind { try leaf.requireValid(at: leaf.notBefore - 1) } == .notYetValid)
        #expect(kind { try leaf.requireValid(at: leaf.notAfter) } == .expired)
    }

    @Test func `names from a stranger are printable`() throws {
        let openssl = try OpenSSLCommand()
        try openssl.run(
            "req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "key.pem", "-out",
            "certificate.pem", "-utf8", "-subj", "/CN=a\u{1b}[31m\u{202e}b\nc", "-addext",
            "subjectAltName=DNS:x\u{1b}y,email:a@b.example")
        let certificate = try Certificate(pem: openssl.read("certificate.pem"))
        let text = certificate.subject + certificate.subjectAlternativeNames.map(\.value).joined()
        #expect(text.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
        #expect(certificate.subjectAlternativeNames == [.dnsName("x\\x1by")])
    }

    @Test func `a server known only by its common name is refused`() throws {
        let openssl = try OpenSSLCommand()
        try openssl.run(
            "req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "key.pem", "-out",
            "certificate.pem", "-subj", "/CN=server.example")
        let identity = try CertificateChain(
            certificatePEM: openssl.read("certificate.pem"), keyPEM: openssl.read("key.pem"))
        let pair = try HandshakePair(
            client: .client(trust: .authorities(identity.certificates)),
            server: .server(identity: identity), now: identity.leaf.notBefore)
        pair.run()
        #expect(pair.clientFailure?.kind == .wrongName)
        #expect(pair.clientFailure?.reason.contains("for no name") == true)
    }
}
