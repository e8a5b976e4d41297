import SUDPServices
import SUDPTransport

/// One run of `sudp chat --serve`.
struct ChatServerRun {
    let command: Chat
    let address: Address
    let log: ChatLogFile?

    func run() async throws {
        let diagnostics = command.diagnosis.diagnostics
        let configuration = try transportSettings(diagnostics)
        let server = try ChatServer(command.server.configuration, tell: teller(diagnostics))
        SignalWatch.shared.onStatus { Task { await tellStatus(server) } }
        let listener = try await Listener.bind(
            host: address.host, port: address.port, configuration: configuration,
            maximumConnections: command.server.maximumClients ?? ChatConstants.defaultMemberCount)
        let failures = Task {
            for await failure in listener.handshakeFailures {
                await server.noteFailure(from: failure.peer.text, failure.reason.words)
            }
        }
        defer {
            failures.cancel()
            listener.close()
        }
        reloadOnHangup(listener, diagnostics)
        try announce(listener, configuration, diagnostics)
        await server.run(listener)
        try Task.checkCancellation()
    }

    /// Says what happens on standard error, or as JSON on standard output, and in the log; what is
    /// said in a room is for the log only, and for those who ask.
    private func teller(_ diagnostics: Diagnostics) -> @Sendable (ChatRecord) -> Void {
        let log = log
        let isJSON = command.diagnosis.json
        return { record in
            log?.write(record)
            if isJSON {
                try? StandardStreams.writeResult(ChatJSON.line(record) + "\n")
            } else if record.isTalk {
                diagnostics.detail(record.line)
            } else {
                diagnostics.notice(record.line)
            }
        }
    }

    private func tellStatus(_ server: ChatServer) async {
        let load = await server.load()
        Diagnostics.say(
            "status: \(load.clients) clients, \(load.waiting) bytes wait for them,"
                + " at most \(load.highest) did for one")
    }

    private func transportSettings(_ diagnostics: Diagnostics) throws -> Configuration {
        var configuration = Configuration()
        command.endpoint.apply(to: &configuration)
        command.diagnosis.apply(to: &configuration)
        configuration.sendBufferLimit = ChatConstants.sendBufferByteCount
        configuration.maximumReceiveWindow = ChatConstants.receiveWindowByteCount
        configuration.allowsPlaintext = command.server.allowsPlaintext
        configuration.identity = try command.identity.serverIdentity(diagnostics)
        configuration.revocationLists = try command.identity.revocationLists()
        if let authority = command.server.clientAuthority {
            configuration.clientAuthorities = [try SmallFile.read(authority)]
        } else {
            configuration.asksForClientCertificate = true
        }
        return configuration
    }

    private func announce(
        _ listener: Listener, _ configuration: Configuration, _ diagnostics: Diagnostics
    ) throws {
        for address in listener.localAddresses {
            diagnostics.notice("listening on \(address.text)")
        }
        guard let port = listener.localAddresses.first?.port else { return }
        if configuration.identity == nil {
            let host = address.host ?? LocalHost.name ?? "localhost"
            let uri = Address.pinURI(host: host, port: port, pin: listener.identity.pin)
            diagnostics.notice("key made for this run; connect to \(uri)")
        }
        if let portFile = command.server.portFile { try PortFile.write(port, to: portFile) }
    }

    private func reloadOnHangup(_ listener: Listener, _ diagnostics: Diagnostics) {
        SignalWatch.shared.onHangup {
            do {
                try listener.reload(transportSettings(diagnostics))
                diagnostics.notice("certificates reloaded")
            } catch {
                diagnostics.error("certificates not reloaded: \(error)")
            }
        }
    }
}
