import SUDPServices
import SUDPTransport

/// One run of `sudp chat --serve`.
struct ChatServerRun {
    let command: Chat
    let address: Address
    let log: ChatLogFile?

    func run() async throws {
        let diagnostics = command.diagnosis.diagnostics
        let server = try ChatServer(configuration, tell: teller(diagnostics))
        SignalWatch.shared.onStatus { Task { await tellStatus(server) } }
        let (listener, failures) = try await command.listenerSettings.open(
            address,
            maximumConnections: command.clients.maximumConnections
                ?? ChatConstants.defaultMemberCount,
            diagnostics
        ) { failure in
            await server.noteFailure(from: failure.peer.text, failure.reason.words)
        }
        defer {
            failures.cancel()
            listener.close()
        }
        await server.run(listener)
        try Task.checkCancellation()
    }

    private var configuration: ChatServer.Configuration {
        var configuration = command.server.configuration
        configuration.verifiesCertificates = command.clients.clientAuthority != nil
        return configuration
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
}
