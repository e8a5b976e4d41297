import Glibc
import SUDPServices
import SUDPTransport

/// One run of `sudp chat` as a client.
struct ChatClientRun {
    let command: Chat
    let address: Address
    let log: ChatLogFile?

    /// The name that the environment gives; nil for none or one that cannot be had.
    static var environmentNick: String? {
        guard let value = getenv("SUDP_NICK") else { return nil }
        let nick = String(cString: value)
        return Nickname(nick) == nil ? nil : nick
    }

    func run() async throws {
        let isInteractive =
            TerminalChat.isPossible && !command.diagnosis.json
            && !command.client.once
        if isInteractive {
            let terminal = TerminalChat(time: command.client.time ?? .hm, log: log)
            try terminal.open()
            do {
                try await run(on: terminal, askName: terminal.askName)
                await terminal.close()
            } catch {
                await terminal.close()
                throw error
            }
        } else {
            let pipes = PipedChat(
                isJSON: command.diagnosis.json, time: command.client.time ?? .off,
                diagnostics: command.diagnosis.diagnostics, log: log)
            try await run(on: pipes, askName: nil)
        }
    }

    private func run(
        on front: any ChatFront, askName: (() async -> String?)?
    ) async throws {
        var nick = command.client.nick ?? Self.environmentNick
        while nick == nil {
            guard let answer = await askName?() else { return try Task.checkCancellation() }
            nick = Nickname(answer)?.text
        }
        guard let nick else { return }
        let options = command.client
        var settings = ChatClient.Configuration(nick: nick, rooms: options.roomNames)
        settings.isOnce = options.once
        settings.reconnects = askName != nil || options.reconnect
        settings.endsWithInput = askName == nil
        settings.bell = options.bell ?? (askName == nil ? .off : .mention)
        let connect = try connector()
        try await ChatClient(settings, front: front, connect: connect).run()
    }

    private func connector() throws -> @Sendable () async throws -> Connection {
        let diagnostics = command.diagnosis.diagnostics
        let configuration = try transportSettings(diagnostics)
        if command.trust.insecure {
            diagnostics.notice("--insecure: encrypted, but nobody knows to whom")
        }
        let (host, port) = (address.host ?? "localhost", address.port)
        let timeout = command.client.wait?.duration ?? .seconds(60)
        return {
            try await Connection.connect(
                host: host, port: port, configuration: configuration, timeout: timeout)
        }
    }

    private func transportSettings(_ diagnostics: Diagnostics) throws -> Configuration {
        var configuration = Configuration()
        command.endpoint.apply(to: &configuration)
        command.diagnosis.apply(to: &configuration)
        configuration.maximumReceiveWindow = ChatConstants.receiveWindowByteCount
        guard !command.trust.usesPlaintext else {
            configuration.mode = .plaintext
            return configuration
        }
        configuration.trust = try command.trust.trust(pinOfAddress: address.pin).trust
        configuration.serverName = command.trust.serverName
        configuration.identity = try command.identity.identity(diagnostics)
        configuration.revocationLists = try command.identity.revocationLists()
        return configuration
    }
}
