internal import COpenSSL

/// One TLS 1.3 handshake in memory: bytes of the peer go in, bytes for the peer come out.
///
/// A failure is final. A session belongs to one thread at a time.
public final class TLSSession {
    /// The transport parameters of the peer, once its hello or encrypted extensions were read.
    public internal(set) var peerTransportParameters: [UInt8]?
    /// The certificate that the peer sent, accepted or not, now or in the resumed session.
    public private(set) var peerCertificate: Certificate?
    /// The ticket that the server gave last.
    public private(set) var ticket: SessionTicket?

    let context: TLSContext
    let transportParameters: [UInt8]

    private let ssl: OpaquePointer
    private let input = MemoryBIO()
    private let output = MemoryBIO()
    private let serverName: String?
    private var resumption: Resumption
    private var isComplete = false
    private var failure: TLSFailure?
    private var refusal: CertificateRefusal?
    private var sentAlert: UInt8?
    private var receivedAlert: UInt8?

    private struct Resumption {
        /// What libssl has to be told before a handshake with early data goes on.
        enum EarlyDataStep {
            case none
            /// A client announces early data with its ClientHello.
            case announce
            /// A server looks for the end of early data, which is before the client's Finished.
            case awaitEnd
        }

        /// What a client offers.
        let ticket: SessionTicket?
        var earlyDataStep: EarlyDataStep
        var hasAnnouncedEarlyData = false
    }

    /// Starts a handshake; a client's ClientHello appears with the first `advance()`.
    ///
    /// - Parameters:
    ///   - context: the settings, of the same side.
    ///   - side: which end this is.
    ///   - serverName: a client's server: a host name is sent and verified, an address is
    ///     verified. A client that trusts authorities must give one.
    ///   - transportParameters: the content of extension 0xff5a.
    ///   - verificationTime: when certificates and revocation lists must be valid, in seconds
    ///     since 1970.
    ///   - ticket: what a client resumes a session by, unless the server's certificate would not be
    ///     accepted any more.
    ///   - offersEarlyData: whether a client that can do so announces early data.
    public init(
        context: TLSContext, side: TLSSide, serverName: String?, transportParameters: [UInt8],
        verificationTime: Int64, ticket: SessionTicket? = nil, offersEarlyData: Bool = false
    ) throws(CryptoError) {
        precondition(context.side == side, "a session is of the same side as its context")
        ErrorQueue.clear()
        guard let ssl = SSL_new(context.handle) else {
            throw CryptoError.library("starting a TLS session")
        }
        self.ssl = ssl
        self.context = context
        self.transportParameters = transportParameters
        self.serverName = serverName
        let isAcceptable =
            ticket?.isAcceptable(to: context, serverName: serverName, now: verificationTime)
            ?? false
        resumption = Resumption(
            ticket: isAcceptable ? ticket : nil,
            earlyDataStep: context.maximumEarlyData > 0 ? .awaitEnd : .none)
        BIO_up_ref(input.handle)
        BIO_up_ref(output.handle)
        SSL_set_bio(ssl, input.handle, output.handle)
        X509_VERIFY_PARAM_set_time(SSL_get0_param(ssl), time_t(verificationTime))
        guard TLSCallbacks.attach(self, to: ssl) else {
            throw CryptoError.library("starting a TLS session")
        }
        switch side {
        case .server: SSL_set_accept_state(ssl)
        case .client:
            try connect(to: serverName)
            try resume(offersEarlyData: offersEarlyData)
        }
    }

    deinit {
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(ssl)
    }

    /// Takes the next bytes of the peer's stream, in order and without gaps.
    public func receive(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        input.write(bytes)
    }

    /// Goes as far as the received bytes allow; true once the handshake is complete.
    ///
    /// After completion it reads what the peer sends later. Bytes for the peer, even after a
    /// failure, are then in `takeOutput()`.
    public func advance() throws(TLSFailure) -> Bool {
        if let failure { throw failure }
        ErrorQueue.clear()
        if !isComplete {
            guard try takeEarlyDataStep() else { return false }
            let result = SSL_do_handshake(ssl)
            guard result == 1 else {
                if SSL_get_error(ssl, result) != SSL_ERROR_WANT_READ {
                    throw fail(by: failureOfLibrary())
                }
                return false
            }
            try requireAgreement()
            isComplete = true
            if isResumed { peerCertificate = peerCertificate ?? resumption.ticket?.chain.first }
        }
        try readAfterHandshake()
        return true
    }

    /// The bytes for the peer since the last call.
    public func takeOutput() -> [UInt8] {
        output.readAll()
    }

    /// A secret that both ends derive from the handshake (RFC 8446 §7.5): at a server once its
    /// flight is written, at a client once the server is verified, nil before.
    public func exportSecret(label: String, context: [UInt8]) -> Secret? {
        guard failure == nil else { return nil }
        defer { ErrorQueue.clear() }
        var isExported = false
        let secret = Secret(filledBy: { bytes in
            isExported =
                SSL_export_keying_material(
                    ssl, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, label,
                    label.utf8.count, context, context.count, 1) == 1
        })
        return isExported ? secret : nil
    }

    /// A secret that both ends derive from the ClientHello of a resumed session (RFC 8446 §7.5):
    /// at a client that announced early data, and at a server that accepts it, nil otherwise.
    public func exportEarlySecret(label: String, context: [UInt8]) -> Secret? {
        guard failure == nil, resumption.hasAnnouncedEarlyData || isEarlyDataAccepted else {
            return nil
        }
        defer { ErrorQueue.clear() }
        var isExported = false
        let secret = Secret(filledBy: { bytes in
            isExported =
                SSL_export_keying_material_early(
                    ssl, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, label,
                    label.utf8.count, context, context.count) == 1
        })
        return isExported ? secret : nil
    }

    /// Whether the handshake resumed an earlier session instead of proving an identity.
    public var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// Whether the server accepts early data; at a client known once the handshake is complete.
    public var isEarlyDataAccepted: Bool {
        SSL_get_early_data_status(ssl) == SSL_EARLY_DATA_ACCEPTED
    }

    /// How many bytes of early data the client may send or the server has to take.
    public var earlyDataLimit: Int {
        switch context.side {
        case .client: resumption.ticket?.maximumEarlyData ?? 0
        case .server: context.maximumEarlyData
        }
    }

    /// Has a server give a ticket once the handshake is complete, if it gives any.
    public func giveTicket() {
        guard context.givesTickets else { return }
        SSL_set_num_tickets(ssl, 1)
    }

    /// The name of the key exchange group, empty before it is negotiated.
    public var negotiatedGroup: String {
        sudp_SSL_get_negotiated_group_name(ssl).map { String(cString: $0) } ?? ""
    }

    /// The name of the cipher suite, empty before it is negotiated.
    public var cipher: String {
        SSL_get_current_cipher(ssl).map { String(cString: SSL_CIPHER_get_name($0)) } ?? ""
    }

    func note(alert: UInt8, isFromPeer: Bool) {
        if isFromPeer {
            receivedAlert = alert
        } else {
            sentAlert = alert
        }
    }

    func note(ticket: OpaquePointer) {
        var chain = peerCertificate.map { [$0] } ?? []
        if isResumed {
            chain = resumption.ticket?.chain ?? chain
        } else if let sent = SSL_get_peer_cert_chain(ssl) {
            for index in stride(from: 1, to: OPENSSL_sk_num(sent), by: 1) {
                guard let issuer = OPENSSL_sk_value(sent, index) else { continue }
                let handle = OpaquePointer(issuer)
                X509_up_ref(handle)
                if let certificate = try? Certificate(adopting: handle) {
                    chain.append(certificate)
                }
            }
        }
        self.ticket = SessionTicket(adopting: ticket, chain: chain)
    }

    func accepts(chain: OpaquePointer) -> Bool {
        guard let leaf = X509_STORE_CTX_get0_cert(chain) else { return false }
        X509_up_ref(leaf)
        guard let peer = try? Certificate(adopting: leaf) else { return false }
        peerCertificate = peer
        let verification = CertificateVerification(
            chain: chain, peer: peer, expectedName: serverName)
        refusal = verification.refusal(under: context.trust)
        return refusal == nil
    }

    private func connect(to serverName: String?) throws(CryptoError) {
        SSL_set_connect_state(ssl)
        guard let serverName else {
            if case .authorities = context.trust {
                throw CryptoError(
                    .invalidName, "a server is verified by its name, and none is given")
            }
            return
        }
        let name = try SubjectAlternativeName(host: serverName)
        try VerificationSettings.expect(name, in: SSL_get0_param(ssl))
        if case .dnsName(let host) = name, sudp_SSL_set_tlsext_host_name(ssl, host) == 0 {
            throw CryptoError.library("naming the server \(serverName)")
        }
    }

    private func resume(offersEarlyData: Bool) throws(CryptoError) {
        guard let ticket = resumption.ticket else { return }
        guard SSL_set_session(ssl, ticket.handle) == 1 else {
            throw CryptoError.library("resuming a TLS session")
        }
        if offersEarlyData, ticket.maximumEarlyData > 0 { resumption.earlyDataStep = .announce }
    }

    // Early data travels in packets of ours: libssl writes none, and reads only what ends it.
    private func takeEarlyDataStep() throws(TLSFailure) -> Bool {
        var byteCount = 0
        switch resumption.earlyDataStep {
        case .none: return true
        case .announce:
            resumption.earlyDataStep = .none
            guard SSL_write_early_data(ssl, "", 0, &byteCount) == 1 else {
                throw fail(by: failureOfLibrary())
            }
            resumption.hasAnnouncedEarlyData = true
            return false
        case .awaitEnd:
            var byte: UInt8 = 0
            switch SSL_read_early_data(ssl, &byte, 1, &byteCount) {
            case SSL_READ_EARLY_DATA_FINISH:
                resumption.earlyDataStep = .none
                return true
            case SSL_READ_EARLY_DATA_SUCCESS: throw fail(by: .applicationDataInTLS)
            default:
                guard SSL_get_error(ssl, 0) == SSL_ERROR_WANT_READ else {
                    throw fail(by: failureOfLibrary())
                }
                return false
            }
        }
    }

    private func readAfterHandshake() throws(TLSFailure) {
        guard !input.isEmpty || SSL_has_pending(ssl) == 1 else { return }
        var byte: UInt8 = 0
        let result = SSL_read(ssl, &byte, 1)
        if result > 0 {
            throw fail(by: .applicationDataInTLS)
        }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return
        case SSL_ERROR_ZERO_RETURN: throw fail(by: TLSFailure(received: TLSAlert.closeNotify))
        default: throw fail(by: failureOfLibrary())
        }
    }

    // libssl treats both as optional in what a server answers.
    private func requireAgreement() throws(TLSFailure) {
        var name: UnsafePointer<UInt8>?
        var byteCount: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &byteCount)
        var failure: TLSFailure?
        if byteCount == 0 {
            failure = TLSFailure(
                .applicationMismatch, alert: TLSAlert.noApplicationProtocol,
                reason: "the peer does not speak sudp/1")
        } else if peerTransportParameters == nil {
            failure = TLSFailure(
                .missingTransportParameters, alert: TLSAlert.missingExtension,
                reason: "the peer sent no transport parameters")
        }
        guard let failure else { return }
        _ = output.readAll()
        output.write(TLSAlert.record(failure.alert))
        throw fail(by: failure)
    }

    private func failureOfLibrary() -> TLSFailure {
        let words = ErrorQueue.takeReason()
        if let receivedAlert {
            return TLSFailure(received: receivedAlert)
        }
        let alert = sentAlert ?? TLSAlert.internalError
        if let refusal {
            return TLSFailure(refusal.kind, alert: alert, reason: refusal.reason)
        }
        let kind: TLSFailure.Kind =
            switch alert {
            case TLSAlert.certificateRequired: .clientCertificateRequired
            case TLSAlert.noApplicationProtocol: .applicationMismatch
            case TLSAlert.missingExtension: .missingTransportParameters
            default: .protocolError
            }
        return TLSFailure(
            kind, alert: alert, reason: "\(TLSAlert.name(alert)): \(words ?? "no reason given")")
    }

    private func fail(by failure: TLSFailure) -> TLSFailure {
        var failure = failure
        failure.peerPin = peerCertificate?.publicKeyPin
        self.failure = failure
        return failure
    }
}
