import ArgumentParser
import Glibc
import SUDPServices
import SUDPTransport

/// `sudp chat`: a chat server, or a client of one.
struct Chat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk with others, or serve those who do.")

    @Argument(
        help: ArgumentHelp(
            "As of connect or listen, or HOST alone; port 7831 where none is named.",
            valueName: "addr"))
    var address: [String] = []

    @Flag(name: .long, help: "Serve a chat.")
    var serve = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Append what happens to this file; JSON when it ends in .ndjson.", valueName: "file"),
        completion: .file())
    var log: String?

    @OptionGroup(title: "Client") var client: ChatClientOptions
    @OptionGroup(title: "Server") var server: ChatServerOptions
    @OptionGroup(title: "Server's clients") var clients: ListenerOptions
    @OptionGroup(title: "Trust") var trust: TrustOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var endpoint: ChatEndpointOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        let address = try Address(words: address, defaultPort: ChatConstants.defaultPort)
        if serve {
            try validateServer(address)
        } else {
            try validateClient(address)
        }
    }

    private func validateServer(_ address: Address) throws {
        try listenerSettings.validate(address)
        if let option = client.given ?? trust.given {
            throw ValidationError("\(option) is for clients: leave out --serve.")
        }
    }

    private func validateClient(_ address: Address) throws {
        if let option = server.given ?? clients.given {
            throw ValidationError("\(option) needs --serve.")
        }
        try peerSettings(address).validate()
        if client.nick == nil, ChatClientRun.environmentNick == nil, !TerminalChat.isPossible {
            throw ValidationError("--nick is missing: there is no terminal to ask at.")
        }
    }

    /// How the server's port is opened.
    var listenerSettings: ListenerSettings {
        let asks = clients.clientAuthority == nil
        return ListenerSettings(clients, identity, endpoint, diagnosis) { configuration in
            configuration.sendBufferLimit = ChatConstants.sendBufferByteCount
            configuration.maximumReceiveWindow = ChatConstants.receiveWindowByteCount
            configuration.asksForClientCertificate = asks
        }
    }

    /// How a client reaches the server.
    func peerSettings(_ address: Address) -> PeerSettings {
        PeerSettings(address, trust, identity, endpoint, diagnosis)
    }

    func run() async throws {
        let address = try Address(words: address, defaultPort: ChatConstants.defaultPort)
        let log = try log.map { try ChatLogFile(path: $0) }
        if serve {
            try await ChatServerRun(command: self, address: address, log: log).run()
        } else {
            try await ChatClientRun(command: self, address: address, log: log).run()
        }
    }
}
