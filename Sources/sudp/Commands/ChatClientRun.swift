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
        let options = command.client
        let isInteractive =
            TerminalChat.isPossible && !command.diagnosis.json
            && !options.once
        if isInteractive {
            let terminal = TerminalChat(
                time: options.time ?? .hm, hasColours: options.colour.hasColours(onTerminal: true),
                hidesPresence: options.hidesPresence, log: log)
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
                isJSON: command.diagnosis.json, time: options.time ?? .off,
                hasColours: options.colour.hasColours(onTerminal: false),
                hidesPresence: options.hidesPresence,
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
        let peer = command.peerSettings(address)
        var (configuration, _) = try peer.settings(command.diagnosis.diagnostics)
        configuration.maximumReceiveWindow = ChatConstants.receiveWindowByteCount
        let limit = command.client.wait
        return { [configuration] in try await peer.connect(configuration, within: limit) }
    }
}
