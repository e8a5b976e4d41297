import SUDPCrypto
import Testing

@Suite struct CertificateVerifierTests {
    static let now = HandshakePair.now

    let identities: TestIdentities

    init() throws {
        identities = try TestIdentities.shared.get()
    }

    private func refusal(
        of chain: [Certificate], as side: TLSSide = .server, host: String? = nil,
        revocationLists: [String] = [], now: Int64 = CertificateVerifierTests.now
    ) throws -> CertificateRefusal? {
        try CertificateVerifier(
            authorities: [identities.authority.certificate], revocationLists: revocationLists
        ).refusal(of: chain, as: side, host: host, now: now)
    }

    @Test func `a good certificate is refused for nothing`() throws {
        let leaf = identities.server.certificates
        #expect(try refusal(of: leaf) == nil)
        #expect(try refusal(of: leaf, host: "server.example") == nil)
        #expect(try refusal(of: leaf, host: "2001:db8::1") == nil)
        #expect(try refusal(of: identities.client.certificates, as: .client) == nil)
    }

    @Test func `each fault has its own refusal`() throws {
        let leaf = identities.server.certificates
        let list = try identities.authority.revoke([leaf[0].serialNumber], now: Self.now).pem
        #expect(try refusal(of: leaf, as: .client)?.kind == .certificateInvalid)
        #expect(try refusal(of: leaf, host: "other.example")?.kind == .wrongName)
        #expect(try refusal(of: leaf, now: leaf[0].notAfter)?.kind == .expired)
        #expect(try refusal(of: leaf, now: leaf[0].notBefore - 1)?.kind == .notYetValid)
        #expect(try refusal(of: leaf, revocationLists: [list])?.kind == .revoked)
        let stranger = try TestIdentities().server.certificates
        #expect(try refusal(of: stranger)?.kind == .certificateUntrusted)
        #expect(throws: CryptoError.self) { try refusal(of: []) }
        #expect(throws: CryptoError.self) { try refusal(of: leaf, host: "a b") }
    }

    /// A root, an intermediate and a leaf made by openssl.
    private struct Hierarchy {
        static let authorityProfile =
            "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
        static let leafProfile =
            "basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:a.example\n"

        let openssl: OpenSSLCommand
        let root: Certificate

        init() throws {
            openssl = try OpenSSLCommand()
            try openssl.run(
                "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "3650", "-subj",
                "/CN=root",
                "-keyout", "root.key", "-out", "root.pem")
            root = try Certificate(pem: openssl.read("root.pem"))
        }

        func issue(_ name: String, by issuer: String, profile: String) throws -> Certificate {
            try openssl.write(profile, to: "profile")
            try openssl.run(
                "req", "-newkey", "ed25519", "-nodes", "-subj", "/CN=\(name)", "-keyout",
                "\(name).key", "-out", "\(name).csr")
            try openssl.run(
                "x509", "-req", "-in", "\(name).csr", "-CA", "\(issuer).pem", "-CAkey",
                "\(issuer).key", "-CAcreateserial", "-days", "30", "-extfile", "profile", "-out",
                "\(name).pem")
            return try Certificate(pem: openssl.read("\(name).pem"))
        }

        func refusal(
            of chain: [Certificate], trusting authorities: [Certificate]
        ) throws -> CertificateRefusal? {
            try CertificateVerifier(authorities: authorities)
                .refusal(of: chain, as: .server, host: "a.example", now: chain[0].notBefore + 60)
        }
    }

    @Test func `an intermediate must be sent or trusted`() throws {
        let hierarchy = try Hierarchy()
        let middle = try hierarchy.issue(
            "middle", by: "root", profile: Hierarchy.authorityProfile)
        let leaf = try hierarchy.issue("leaf", by: "middle", profile: Hierarchy.leafProfile)
        let root = hierarchy.root
        #expect(try hierarchy.refusal(of: [leaf, middle], trusting: [root]) == nil)
        #expect(try hierarchy.refusal(of: [leaf, root, middle], trusting: [root]) == nil)
        #expect(try hierarchy.refusal(of: [leaf], trusting: [middle]) == nil)
        let refusal = try hierarchy.refusal(of: [leaf], trusting: [root])
        #expect(refusal?.kind == .certificateUntrusted)
    }

    @Test func `a leaf and a certificate without constraints issue nothing`() throws {
        let hierarchy = try Hierarchy()
        for profile in [Hierarchy.leafProfile, "subjectAltName=DNS:a.example\n"] {
            let middle = try hierarchy.issue("middle", by: "root", profile: profile)
            let leaf = try hierarchy.issue("leaf", by: "middle", profile: Hierarchy.leafProfile)
            let refusal = try hierarchy.refusal(of: [leaf, middle], trusting: [hierarchy.root])
            #expect(refusal != nil)
        }
    }

    @Test func `an authority of ours has no authorities below it`() throws {
        let hierarchy = try Hierarchy()
        let authority = try CertificateAuthority.generate(
            name: "ours", now: hierarchy.root.notBefore)
        try hierarchy.openssl.write(authority.certificate.pem, to: "ours.pem")
        try hierarchy.openssl.write(authority.privateKey.pem, to: "ours.key")
        let middle = try hierarchy.issue(
            "middle", by: "ours", profile: Hierarchy.authorityProfile)
        let leaf = try hierarchy.issue("leaf", by: "middle", profile: Hierarchy.leafProfile)
        let refusal = try hierarchy.refusal(
            of: [leaf, middle], trusting: [authority.certificate])
        #expect(refusal?.reason.contains("path length") == true)
    }
}
