internal import COpenSSL

/// The settings and keys that the sessions of one side share; it may be used from many threads.
///
/// TLS 1.3 with TLS_AES_256_GCM_SHA384 only; X25519, with ML-KEM-768 before it where libssl has it.
public final class TLSContext: @unchecked Sendable {
    static let applicationProtocol = [UInt8]("sudp/1".utf8)
    static let transportParametersExtension: UInt32 = 0xff5a
    /// How many sessions a server remembers for tickets; the oldest is forgotten for a new one.
    static let sessionsRemembered = 8192
    /// How long a ticket can be used, in seconds.
    static let ticketLifetime = 86_400

    let handle: OpaquePointer
    let side: TLSSide
    let trust: TrustPolicy
    let keyLog: (@Sendable (String) -> Void)?
    /// Whether a server gives tickets: one that asks clients who they are wants to know each time.
    public private(set) var givesTickets = false
    /// How many bytes of a resumed session a server takes before the handshake is complete.
    private(set) var maximumEarlyData = 0

    /// Settings of a server.
    ///
    /// - Parameters:
    ///   - identity: what the server proves to be; a root at its end is not sent.
    ///   - clientAuthorities: demand a client certificate from one of these, when not nil.
    ///   - asksForClientCertificate: take any certificate, and clients without one, otherwise.
    ///   - revocationLists: PEM texts; when there are any, every certificate of a chain needs a
    ///     current list of its issuer that does not name it.
    ///   - maximumEarlyData: how many bytes are taken, where they may be a replay, from clients
    ///     that resume a session; none from those that are asked for a certificate.
    ///   - keyLog: receives every line of the SSLKEYLOGFILE format, on the session's thread.
    public static func server(
        identity: CertificateChain, clientAuthorities: [Certificate]? = nil,
        asksForClientCertificate: Bool = false, revocationLists: [String] = [],
        maximumEarlyData: UInt32 = 0, keyLog: (@Sendable (String) -> Void)? = nil
    ) throws(CryptoError) -> TLSContext {
        let trust = clientAuthorities.map { TrustPolicy.authorities($0) } ?? .unverified
        let context = try TLSContext(side: .server, trust: trust, keyLog: keyLog)
        try context.use(identity)
        try VerificationSettings.add(
            revocationLists: revocationLists, to: SSL_CTX_get_cert_store(context.handle))
        if let clientAuthorities {
            for authority in clientAuthorities {
                SSL_CTX_add_client_CA(context.handle, authority.handle)
            }
            SSL_CTX_set_verify(
                context.handle, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        } else if asksForClientCertificate {
            SSL_CTX_set_verify(context.handle, SSL_VERIFY_PEER, nil)
        } else {
            context.giveTickets(maximumEarlyData: maximumEarlyData)
        }
        return context
    }

    private func giveTickets(maximumEarlyData: UInt32) {
        givesTickets = true
        self.maximumEarlyData = Int(maximumEarlyData)
        sudp_SSL_CTX_remember_sessions(handle, Self.sessionsRemembered)
        SSL_CTX_set_timeout(handle, Self.ticketLifetime)
        // libssl counts no bytes of ours, and it reads none: see `TLSSession`.
        SSL_CTX_set_max_early_data(handle, maximumEarlyData)
        SSL_CTX_set_recv_max_early_data(handle, maximumEarlyData)
    }

    /// Settings of a client.
    ///
    /// - Parameters:
    ///   - trust: which servers are accepted.
    ///   - identity: the client certificate, should a server demand one.
    ///   - revocationLists: as for a server; they count only with trusted authorities.
    ///   - keyLog: receives every line of the SSLKEYLOGFILE format, on the session's thread.
    public static func client(
        trust: TrustPolicy, identity: CertificateChain? = nil, revocationLists: [String] = [],
        keyLog: (@Sendable (String) -> Void)? = nil
    ) throws(CryptoError) -> TLSContext {
        let context = try TLSContext(side: .client, trust: trust, keyLog: keyLog)
        if let identity {
            try context.use(identity)
        }
        try VerificationSettings.add(
            revocationLists: revocationLists, to: SSL_CTX_get_cert_store(context.handle))
        SSL_CTX_set_verify(context.handle, SSL_VERIFY_PEER, nil)
        return context
    }

    private init(
        side: TLSSide, trust: TrustPolicy, keyLog: (@Sendable (String) -> Void)?
    ) throws(CryptoError) {
        LibCrypto.initialise()
        ErrorQueue.clear()
        let method = side == .client ? TLS_client_method() : TLS_server_method()
        guard let handle = SSL_CTX_new(method) else {
            throw CryptoError.library("making a TLS context")
        }
        self.handle = handle
        self.side = side
        self.trust = trust
        self.keyLog = keyLog
        try restrictProtocol()
        try trustAuthorities()
        TLSCallbacks.install(in: handle, side: side, logsKeys: keyLog != nil)
    }

    deinit {
        SSL_CTX_free(handle)
    }

    private func restrictProtocol() throws(CryptoError) {
        SSL_CTX_set_security_level(handle, VerificationSettings.securityLevel)
        sudp_SSL_CTX_set_modes(handle)
        SSL_CTX_set_verify_depth(handle, VerificationSettings.maximumChainDepth)
        let sessionContext = Self.applicationProtocol
        let isRestricted =
            sudp_SSL_CTX_require_tls13(handle) != 0
            && SSL_CTX_set_ciphersuites(handle, "TLS_AES_256_GCM_SHA384") == 1
            && (sudp_SSL_CTX_set1_groups_list(handle, "*X25519MLKEM768:*X25519") != 0
                || sudp_SSL_CTX_set1_groups_list(handle, "X25519") != 0)
            && SSL_CTX_set_num_tickets(handle, 0) == 1
            && SSL_CTX_set_session_id_context(
                handle, sessionContext, UInt32(sessionContext.count)) == 1
        guard isRestricted else { throw CryptoError.library("restricting TLS to version 1.3") }
    }

    private func trustAuthorities() throws(CryptoError) {
        guard case .authorities(let authorities) = trust else { return }
        try VerificationSettings.trust(authorities, in: SSL_CTX_get_cert_store(handle))
    }

    private func use(_ identity: CertificateChain) throws(CryptoError) {
        ErrorQueue.clear()
        guard SSL_CTX_use_certificate(handle, identity.leaf.handle) == 1,
            SSL_CTX_use_PrivateKey(handle, identity.privateKey.handle) == 1
        else { throw CryptoError.library("using the certificate of \(identity.leaf.subject)") }
        for issuer in identity.certificates.dropFirst() where !issuer.isSelfIssued {
            guard sudp_SSL_CTX_add1_chain_cert(handle, issuer.handle) != 0 else {
                throw CryptoError.library("sending the certificate of \(issuer.subject)")
            }
        }
    }
}
