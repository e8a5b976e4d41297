package import SUDPCrypto
package import SUDPProtocol

/// What a simulated server proves to be and what its clients trust, made once per process.
///
/// Ed25519, whose signatures have one length, so that the sizes of the opening never vary.
package struct TestIdentity: Sendable {
    /// The wall clock of every simulation, in Unix seconds.
    package static let wallClock: Int64 = 2_000_000_000
    package static let serverName = "sudp.test"

    package let serverContext: TLSContext
    package let clientContext: TLSContext
    private let demandsClientCertificate: Bool

    package init(
        certificates: [Certificate], privateKey: PrivateKey, authority: [Certificate],
        demandsClientCertificate: Bool = false, maximumEarlyData: UInt32 = 0
    ) throws {
        self.demandsClientCertificate = demandsClientCertificate
        let chain = try CertificateChain(certificates: certificates, privateKey: privateKey)
        serverContext = try .server(
            identity: chain, clientAuthorities: demandsClientCertificate ? authority : nil,
            maximumEarlyData: maximumEarlyData)
        clientContext = try .client(
            trust: .authorities(authority), identity: demandsClientCertificate ? chain : nil)
    }

    /// One certificate and a flight of the ordinary size.
    package static let ordinary = make { leaf, authority, key in
        try TestIdentity(certificates: [leaf], privateKey: key, authority: [authority])
    }

    /// So many certificates that the server's flight needs many datagrams.
    package static let large = make { leaf, authority, key in
        try TestIdentity(
            certificates: Array(repeating: leaf, count: 24), privateKey: key,
            authority: [authority])
    }

    /// Clients trust another authority.
    package static let untrusted = make { leaf, _, key in
        try TestIdentity(certificates: [leaf], privateKey: key, authority: [])
    }

    /// The server takes early data, as much as it ever would.
    package static let early = make { leaf, authority, key in
        try TestIdentity(
            certificates: [leaf], privateKey: key, authority: [authority],
            maximumEarlyData: UInt32(Limits.earlyDataMaximum))
    }

    /// Both sides show a certificate.
    package static let mutual = make { leaf, authority, key in
        try TestIdentity(
            certificates: [leaf], privateKey: key, authority: [authority],
            demandsClientCertificate: true)
    }

    package func clientSecurity(
        _ mode: SecurityMode, resumption: Resumption = Resumption()
    ) -> ClientSecurity {
        switch mode {
        case .plaintext: .plaintext
        case .secure:
            .secure(
                clientContext, serverName: Self.serverName, wallClock: Self.wallClock,
                resumption: resumption)
        }
    }

    package var serverSecurity: ServerSecurity {
        ServerSecurity(
            context: serverContext, allowsPlaintext: true,
            demandsClientCertificate: demandsClientCertificate, wallClock: Self.wallClock)
    }

    private static func make(
        _ body: (Certificate, Certificate, PrivateKey) throws -> TestIdentity
    ) -> TestIdentity {
        do {
            let leaf = try Certificate.bundle(pem: leafPEM)[0]
            let authority = try Certificate.bundle(pem: authorityPEM)[0]
            return try body(leaf, authority, try PrivateKey(pem: keyPEM))
        } catch {
            fatalError("the test certificates are damaged: \(error)")
        }
    }

    private static let authorityPEM = """
        -----BEGIN CERTIFICATE-----
        MIIBUzCCAQWgAwIBAgIBATAFBgMrZXAwHjEcMBoGA1UEAwwTc3VkcCB0ZXN0IGF1
        dGhvcml0eTAgFw0yNjExMjIyMTM1MDBaGA8yMTAwMTAyNTIxMzUwMFowHjEcMBoG
        A1UEAwwTc3VkcCB0ZXN0IGF1dGhvcml0eTAqMAUGAytlcAMhAEQaVwULBkTjMjgt
        MxZo7FEVvd8WhOOsgISXG6wYNVJWo2YwZDAdBgNVHQ4EFgQUXTrg2mpnGurHddKI
        uFrzpjjLmSQwHwYDVR0jBBgwFoAUXTrg2mpnGurHddKIuFrzpjjLmSQwEgYDVR0T
        AQH/BAgwBgEB/wIBADAOBgNVHQ8BAf8EBAMCAQYwBQYDK2VwA0EAZrt7uCo7GLyp
        hMqWsmV/AZEkhPjQeJtpRnUtvQY9ZwLmF7zpHrL7w5sUi70DFuEhjvObXnk68Tey
        Ufr8fEKOBA==
        -----END CERTIFICATE-----
        """

    private static let leafPEM = """
        -----BEGIN CERTIFICATE-----
        MIIBejCCASygAwIBAgIBAjAFBgMrZXAwHjEcMBoGA1UEAwwTc3VkcCB0ZXN0IGF1
        dGhvcml0eTAgFw0yNjExMjIyMTM1MDBaGA8yMTAwMTAyNTIxMzUwMFowFDESMBAG
        A1UEAwwJc3VkcC50ZXN0MCowBQYDK2VwAyEAbpdLEx6v38Cf0nUQfLfnJET4z89r
        5cn+MyVK+T2Z1gejgZYwgZMwFAYDVR0RBA0wC4IJc3VkcC50ZXN0MAwGA1UdEwEB
        /wQCMAAwDgYDVR0PAQH/BAQDAgeAMB0GA1UdJQQWMBQGCCsGAQUFBwMBBggrBgEF
        BQcDAjAdBgNVHQ4EFgQU7JJtDV60/AgeobwqGJSmPc8rCP8wHwYDVR0jBBgwFoAU
        XTrg2mpnGurHddKIuFrzpjjLmSQwBQYDK2VwA0EA3t0XXt2pScME6h0h/uty4qFK
        mYqkSlL1/JIu3CAJUG0ah35dB8SBtfs9tPARyJDh/xLXuVynTq8iCTCa7RqgCA==
        -----END CERTIFICATE-----
        """

    private static let keyPEM = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIBVS5uQTXEYaoI4VXkjAgl6J+lwWBx5biROkpOSYbrPH
        -----END PRIVATE KEY-----
        """
}
