import ArgumentParser
import SUDPServices
import SUDPTransport

/// `sudp connect`: connects and joins the connection to standard input and output.
struct Connect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect",
        abstract: "Connect and join the connection to standard input and output.")

    @Argument(help: Address.help)
    var address: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Give up connecting after so many seconds; 60 by default.", valueName: "seconds"))
    var wait: Seconds?

    @Flag(
        name: .customLong("early-data"),
        help: ArgumentHelp(
            "Send the first bytes with the opening, once a server that takes them is known;"
                + " whoever captures them can send them again."))
    var sendsEarlyData = false

    @OptionGroup(title: "Streams") var streams: StreamOptions
    @OptionGroup(title: "Trust") var trust: TrustOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var endpoint: EndpointOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        try peer.validate()
        guard sendsEarlyData else { return }
        if streams.receivesOnly { throw ValidationError("--recv-only has no early data.") }
        if trust.usesPlaintext { throw ValidationError("--plaintext has no early data.") }
    }

    func run() async throws {
        let diagnostics = diagnosis.diagnostics
        var (configuration, verification) = try peer.settings(diagnostics)
        let observer = ConnectionObserver(diagnostics, verification: verification)
        SignalWatch.shared.onStatus { observer.tellStatus() }
        let input = streams.receivesOnly ? nil : StandardStreams.input
        let opening = sendsEarlyData ? try await EarlyOpening(input, peer.host, peer.port) : nil
        defer { opening?.keepTicket(diagnostics) }
        configuration.tickets = opening?.tickets
        let connection = try await peer.connect(configuration, within: wait, opening)
        try await observer.observe(connection) {
            try await Pipe(
                connection: connection, input: input,
                output: streams.sendsOnly ? nil : StandardStreams.output(closesAtEnd: true),
                idleLimit: endpoint.idleLimit, bytesSent: opening?.bytes.count ?? 0
            ).run()
        }
    }

    private var peer: PeerSettings {
        get throws {
            PeerSettings(
                try Address(words: address), trust, identity, endpoint, diagnosis)
        }
    }
}
