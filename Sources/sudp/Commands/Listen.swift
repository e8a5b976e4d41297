import ArgumentParser
import SUDPServices
import SUDPTransport

/// `sudp listen`: takes connections and joins them to standard input and output, or to a command.
struct Listen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Take a connection and join it to standard input and output, or to a command.")

    @Argument(help: Address.help)
    var address: [String]

    @Flag(name: .shortAndLong, help: "Go on with further connections until a signal comes.")
    var keepOpen = false

    @Option(
        name: [.customShort("e"), .customLong("exec")],
        help: ArgumentHelp(
            "Join each connection to this program; split on blanks, no shell.",
            valueName: "command"))
    var program: String?

    @Option(
        name: [.customShort("c"), .customLong("sh-exec")],
        help: ArgumentHelp("Join each connection to this line of /bin/sh.", valueName: "command"))
    var shellLine: String?

    @Flag(
        name: .customLong("early-data"),
        help: ArgumentHelp(
            "Take bytes that come with the opening; only where it makes no difference if they come"
                + " twice."))
    var acceptsEarlyData = false

    @OptionGroup(title: "Clients") var clients: ListenerOptions
    @OptionGroup(title: "Streams") var streams: StreamOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var endpoint: EndpointOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        try settings.validate(Address(words: address))
        if program != nil && shellLine != nil {
            throw ValidationError("-e and -c exclude each other.")
        }
        if let program, ServedCommand(splitting: program) == nil {
            throw ValidationError("-e names no program.")
        }
        if (program ?? shellLine) != nil && (streams.receivesOnly || streams.sendsOnly) {
            throw ValidationError("--recv-only and --send-only are not for commands.")
        }
        if acceptsEarlyData && clients.clientAuthority != nil {
            throw ValidationError("--client-ca has no early data: it comes before the certificate.")
        }
        if clients.maximumConnections != nil && !keepOpen {
            throw ValidationError("-m needs -k.")
        }
    }

    func run() async throws {
        let address = try Address(words: address)
        let diagnostics = diagnosis.diagnostics
        let settings = settings
        let observer = ConnectionObserver(diagnostics, verification: settings.verification)
        SignalWatch.shared.onStatus { observer.tellStatus() }
        let (listener, failures) = try await settings.open(
            address, maximumConnections: keepOpen ? clients.maximumConnections ?? 100 : 1,
            diagnostics)
        defer {
            failures.cancel()
            listener.close()
        }
        let service = service
        let isReported = keepOpen
        try await ConnectionServer(listener: listener, manner: manner).run { connection in
            do {
                try await observer.observe(connection) { try await service.serve(connection) }
            } catch  where isReported && !(error is CancellationError) {
                diagnostics.error("\(connection.remoteAddress.text): \(error)")
                throw error
            }
        }
    }

    private var settings: ListenerSettings {
        ListenerSettings(clients, identity, endpoint, diagnosis) { [acceptsEarlyData] in
            $0.acceptsEarlyData = acceptsEarlyData
        }
    }

    private var manner: ConnectionServer.Manner {
        guard keepOpen else { return .one }
        return program ?? shellLine == nil ? .inTurn : .together
    }

    private var service: ConnectionService {
        if let shellLine {
            return .command(.shell(shellLine), idleLimit: endpoint.idleLimit)
        }
        if let command = program.flatMap(ServedCommand.init(splitting:)) {
            return .command(command, idleLimit: endpoint.idleLimit)
        }
        return .standardStreams(
            input: streams.receivesOnly ? nil : StandardStreams.input,
            output: streams.sendsOnly ? nil : StandardStreams.output(closesAtEnd: !keepOpen),
            idleLimit: endpoint.idleLimit)
    }
}
