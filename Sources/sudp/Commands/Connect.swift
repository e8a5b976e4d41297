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

    @OptionGroup(title: "Streams") var streams: StreamOptions
    @OptionGroup(title: "Trust") var trust: TrustOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var endpoint: EndpointOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        try peer.validate()
    }

    func run() async throws {
        let diagnostics = diagnosis.diagnostics
        let (configuration, verification) = try peer.settings(diagnostics)
        let observer = ConnectionObserver(diagnostics, verification: verification)
        SignalWatch.shared.onStatus { observer.tellStatus() }
        let connection = try await peer.connect(configuration, within: wait)
        try await observer.observe(connection) {
            try await Pipe(
                connection: connection,
                input: streams.receivesOnly ? nil : StandardStreams.input,
                output: streams.sendsOnly ? nil : StandardStreams.output(closesAtEnd: true),
                idleLimit: endpoint.idleLimit
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
