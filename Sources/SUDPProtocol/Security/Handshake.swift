internal import SUDPCrypto

/// The opening of a connection: TLS 1.3 through libssl, or the exchange of parameters in plaintext
/// mode, up to the session's keys.
struct Handshake {
    /// What a step of the handshake brought about.
    struct Progress {
        var sessionProtection: SessionProtection?
        var isComplete = false
        /// A server takes early data.
        var isEarlyDataAccepted = false
        /// A client's server does not.
        var isEarlyDataRefused = false
        var ticket: SessionTicket?
    }

    private struct ResumptionState {
        var earlyData: EarlyData?
        var awaitsTicket = false
        var hasUnverifiedStream = false
    }

    private enum Engine {
        /// A server that has not seen yet which mode the client asks for.
        case undecided(ServerSecurity)
        case tls(TLSSession)
        case plaintext
        case over
    }

    private var engine: Engine
    private let side: Side
    private(set) var mode: SecurityMode
    private(set) var localParameters: TransportParameters
    private(set) var peerParameters: TransportParameters?
    private(set) var isComplete = false
    private(set) var hasSessionKeys = false
    private(set) var isConfirmed = false
    private(set) var isParametersPending = false
    private(set) var isDonePending = false
    private var isDoneAcked = false
    private(set) var identity: PeerIdentity?
    private var resumption = ResumptionState()
    var initialCrypto = CryptoStream()
    var sessionCrypto = CryptoStream()

    /// Begins as a client; the first flight is ready to be sent afterwards.
    init(
        client security: ClientSecurity, parameters: TransportParameters
    ) throws(HandshakeFailure) {
        side = .client
        localParameters = parameters
        switch security {
        case .secure(let context, let serverName, let wallClock, let resumption):
            mode = .secure
            self.resumption.awaitsTicket = resumption.asksForTicket
            localParameters.ticketCount = resumption.asksForTicket ? 1 : 0
            let session = try Self.makeSession(
                context, .client, serverName, localParameters, wallClock, resumption)
            engine = .tls(session)
            _ = try advance(session)
        case .plaintext:
            mode = .plaintext
            localParameters.mode = .plaintext
            engine = .plaintext
            isParametersPending = true
        }
    }

    /// Begins as a server; the client's first frame decides the mode.
    init(server security: ServerSecurity, parameters: TransportParameters) {
        side = .server
        mode = .secure
        localParameters = parameters
        engine = .undecided(security)
    }

    private mutating func decide(_ mode: SecurityMode) throws(HandshakeFailure) {
        guard case .undecided(let security) = engine else { return }
        self.mode = mode
        localParameters.mode = mode
        switch mode {
        case .secure:
            localParameters.ticketCount = security.context.givesTickets ? 1 : 0
            let session = try Self.makeSession(
                security.context, .server, nil, localParameters, security.wallClock)
            engine = .tls(session)
        case .plaintext:
            guard security.allowsPlaintext else { throw .plaintextRefused }
            engine = .plaintext
        }
    }

    private static func makeSession(
        _ context: TLSContext, _ side: TLSSide, _ serverName: String?,
        _ parameters: TransportParameters, _ wallClock: Int64,
        _ resumption: Resumption = Resumption()
    ) throws(HandshakeFailure) -> TLSSession {
        do {
            return try TLSSession(
                context: context, side: side, serverName: serverName,
                transportParameters: parameters.encoded(), verificationTime: wallClock,
                ticket: resumption.ticket, offersEarlyData: resumption.sendsEarlyData)
        } catch {
            throw .local("\(error)")
        }
    }

    /// Takes CRYPTO bytes that are in order.
    mutating func receive(_ bytes: [UInt8]) throws(HandshakeFailure) -> Progress {
        try decide(.secure)
        guard case .tls(let session) = engine, !bytes.isEmpty else { return Progress() }
        session.receive(bytes)
        return try advance(session)
    }

    private mutating func advance(_ session: TLSSession) throws(HandshakeFailure) -> Progress {
        let isDone: Bool
        do {
            isDone = try session.advance()
        } catch {
            throw HandshakeFailure(error)
        }
        let output = session.takeOutput()
        // The client's Finished and all that follows travel under session keys.
        if hasSessionKeys || side == .client && isDone {
            sessionCrypto.write(output)
        } else {
            initialCrypto.write(output)
        }
        try checkPeerParameters(session.peerTransportParameters)
        var progress = Progress()
        if !isComplete { progress.isEarlyDataAccepted = beginEarlyData(session) }
        if !hasSessionKeys { progress.sessionProtection = exportKeys(session) }
        if isDone, !isComplete {
            guard hasSessionKeys else { throw .local("the session keys could not be exported") }
            progress.isEarlyDataRefused = earlyData != nil && !session.isEarlyDataAccepted
            complete(identity: Self.identity(session))
            progress.isComplete = true
        }
        progress.ticket = takeTicket(session)
        return progress
    }

    /// Makes the keys for EARLY packets where there are to be any; true when a server takes them.
    private mutating func beginEarlyData(_ session: TLSSession) -> Bool {
        guard earlyData == nil, side == .client || session.isEarlyDataAccepted,
            let master = session.exportEarlySecret(label: "EXPORTER-sudp 1", context: [])
        else { return false }
        resumption.earlyData = EarlyData(
            master: master, limit: UInt64(clamping: session.earlyDataLimit))
        guard side == .server else { return false }
        identity = Self.identity(session)
        return true
    }

    /// The ticket that just came; once it is here nothing else is expected from libssl.
    private mutating func takeTicket(_ session: TLSSession) -> SessionTicket? {
        if side == .server, !isComplete, peerParameters.map({ $0.ticketCount > 0 }) == true {
            session.giveTicket()
        }
        guard awaitsTicket, let ticket = session.ticket else { return nil }
        resumption.awaitsTicket = false
        if isConfirmed { engine = .over }
        return ticket
    }

    private mutating func checkPeerParameters(_ bytes: [UInt8]?) throws(HandshakeFailure) {
        guard peerParameters == nil, let bytes else { return }
        guard let parameters = TransportParameters.decode(bytes), parameters.mode == mode,
            parameters.version == Limits.version
        else { throw .illegalParameter("the peer's transport parameters are malformed") }
        peerParameters = parameters
        if side == .client, parameters.ticketCount == 0 { resumption.awaitsTicket = false }
    }

    /// The session's protection, from the first step after which there are keys for it.
    private mutating func exportKeys(_ session: TLSSession) -> SessionProtection? {
        guard let master = session.exportSecret(label: "EXPORTER-sudp 1", context: []) else {
            return nil
        }
        hasSessionKeys = true
        return SessionProtection(keys: SecureKeys(master: master, side: side))
    }

    private static func identity(_ session: TLSSession) -> PeerIdentity {
        let certificate = session.peerCertificate
        return PeerIdentity(
            mode: .secure, cipherSuite: session.cipher, keyExchange: session.negotiatedGroup,
            certificate: certificate?.pem, publicKeyPin: certificate?.publicKeyPin,
            certificateFingerprint: certificate?.fingerprint,
            certificateSubject: certificate?.subject, isResumed: session.isResumed,
            isEarlyDataAccepted: session.isEarlyDataAccepted)
    }

    private mutating func complete(identity: PeerIdentity) {
        isComplete = true
        resumption.earlyData = nil
        resumption.hasUnverifiedStream = false
        self.identity = identity
        isDonePending = side == .server
    }

    /// Takes the PARAMETERS frame of plaintext mode.
    mutating func receiveParameters(_ bytes: [UInt8]) throws(HandshakeFailure) -> Progress {
        try decide(.plaintext)
        guard case .plaintext = engine else {
            throw .illegalParameter("a PARAMETERS frame in secure mode")
        }
        guard peerParameters == nil else {
            isParametersPending = side == .server && !isComplete
            return Progress()
        }
        try checkPeerParameters(bytes)
        hasSessionKeys = true
        isParametersPending = side == .server
        guard side == .client else { return Progress(sessionProtection: .plaintext) }
        completeInPlaintext()
        return Progress(sessionProtection: .plaintext, isComplete: true)
    }

    /// The first DATA packet of a plaintext client proves that it got our parameters; true then.
    mutating func onSessionPacket() -> Bool {
        resumption.hasUnverifiedStream = side == .server && !isComplete
        guard mode == .plaintext, side == .server, !isComplete else { return false }
        completeInPlaintext()
        return true
    }

    private mutating func completeInPlaintext() {
        complete(
            identity: PeerIdentity(
                mode: .plaintext, cipherSuite: "", keyExchange: "", certificate: nil,
                publicKeyPin: nil))
    }

    /// The peer is known to have finished too; libssl's state is needed no longer.
    mutating func confirm() {
        isConfirmed = true
        if !awaitsTicket { engine = .over }
    }

    mutating func onControlSent(_ frames: ControlFrames) {
        if frames.contains(.parameters) { isParametersPending = false }
        if frames.contains(.handshakeDone) { isDonePending = false }
    }

    mutating func onControlLost(_ frames: ControlFrames) {
        if frames.contains(.parameters), !isConfirmed { isParametersPending = true }
        if frames.contains(.handshakeDone), !isDoneAcked { isDonePending = true }
    }

    mutating func onControlAcked(_ frames: ControlFrames) {
        guard frames.contains(.handshakeDone) else { return }
        (isDoneAcked, isDonePending) = (true, false)
    }

    /// What EARLY packets are protected by, as long as they can be of use.
    var earlyData: EarlyData? { resumption.earlyData }
    /// Whether the server promised a ticket that has not come yet.
    var awaitsTicket: Bool { resumption.awaitsTicket }
    /// Whether stream bytes may have come from a client whose Finished has not.
    var hasUnverifiedStream: Bool { resumption.hasUnverifiedStream }

    /// Whether the peer, too, knows that the handshake is confirmed (RFC 9001 §6).
    var mayUpdateKeys: Bool { isConfirmed && (side == .client || isDoneAcked) }
}
