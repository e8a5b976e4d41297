internal import SUDPCrypto
internal import SUDPProtocol

extension Configuration {
    /// What loopback surely carries, and a network whose interface does not tell: 1500 bytes less
    /// the headers of IPv4.
    private static let ethernetDatagramSize = 1472

    /// The protocol's settings for a connection by `path`, whose interface takes datagrams of
    /// `interfaceDatagramSize` in one piece, if that is known.
    func protocolSettings(
        for path: NetworkPath, interfaceDatagramSize: Int?, handshakeTimeout: TimeSpan? = nil
    ) -> ConnectionConfiguration {
        var settings = ConnectionConfiguration()
        if let handshakeTimeout { settings.handshakeTimeout = handshakeTimeout }
        settings.deadPeerTimeout = TimeSpan(deadPeerTimeout)
        settings.keepAliveInterval = TimeSpan(keepAliveInterval)
        settings.congestionControl = congestionControl
        settings.sendBufferLimit = max(sendBufferLimit, 1)
        settings.maximumReceiveWindow = max(maximumReceiveWindow, 1)
        settings.initialReceiveWindow = min(
            settings.initialReceiveWindow, settings.maximumReceiveWindow)
        settings.maximumDatagramSize = min(
            maximumDatagramSize ?? Limits.maximumDatagramSize,
            interfaceDatagramSize ?? Self.ethernetDatagramSize)
        if path.remote.isLoopback {
            settings.initialDatagramSize = min(
                Self.ethernetDatagramSize, settings.maximumDatagramSize)
        }
        return settings
    }

    /// What a client asks of a server, by the server's host.
    func clientSecurity() throws(TransportError) -> @Sendable (_ host: String) -> ClientSecurity {
        guard mode == .secure else { return { _ in .plaintext } }
        do throws(CryptoError) {
            let context = try TLSContext.client(
                trust: trust.policy, identity: identity?.chain, revocationLists: revocationLists,
                keyLog: keyLog)
            return { [serverName, wallClock] host in
                .secure(context, serverName: serverName ?? host, wallClock: wallClock())
            }
        } catch {
            throw TransportError(error)
        }
    }

    /// No more than the first window, so that a client need not remember it.
    private var earlyDataLimit: UInt32 {
        UInt32(clamping: min(Limits.earlyDataMaximum, max(maximumReceiveWindow, 1)))
    }

    /// What a server that proves to be `identity` asks of its clients.
    func serverSecurity(_ identity: Identity) throws(TransportError) -> ServerSecurity {
        do throws(CryptoError) {
            var authorities: [Certificate] = []
            for text in clientAuthorities { authorities += try Certificate.bundle(pem: text) }
            let context = try TLSContext.server(
                identity: identity.chain,
                clientAuthorities: clientAuthorities.isEmpty ? nil : authorities,
                asksForClientCertificate: asksForClientCertificate,
                revocationLists: revocationLists,
                maximumEarlyData: acceptsEarlyData ? earlyDataLimit : 0, keyLog: keyLog)
            return ServerSecurity(
                context: context, allowsPlaintext: allowsPlaintext,
                demandsClientCertificate: !clientAuthorities.isEmpty || asksForClientCertificate,
                wallClock: wallClock())
        } catch {
            throw TransportError(error)
        }
    }
}

extension TimeSpan {
    /// A length of time of the standard library; nothing when it is negative.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else {
            self = .zero
            return
        }
        self =
            .seconds(UInt64(seconds)) + TimeSpan(nanoseconds: UInt64(attoseconds / 1_000_000_000))
    }
}
