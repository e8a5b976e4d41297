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
        let address = try Address(words: address)
        guard address.port > 0 else { throw ValidationError("Port 0 is for listen.") }
        if address.pin != nil { try trust.requireNoneOverPinURI() }
        if trust.usesPlaintext, identity.certificate != nil || identity.revocationList != nil {
            throw ValidationError("--plaintext knows no --cert, --key and --crl.")
        }
        if identity.revocationList != nil, trust.insecure || (trust.pin ?? address.pin) != nil {
            throw ValidationError("--crl needs an authority: --pin and --insecure ask nobody.")
        }
    }

    func run() async throws {
        let address = try Address(words: address)
        let diagnostics = diagnosis.diagnostics
        let (configuration, verification) = try transportSettings(for: address, diagnostics)
        if trust.insecure {
            diagnostics.notice("--insecure: encrypted, but nobody knows to whom")
        }
        let observer = ConnectionObserver(diagnostics, verification: verification)
        SignalWatch.shared.onStatus { observer.tellStatus() }
        let connection = try await Connection.connect(
            host: address.host ?? "localhost", port: address.port, configuration: configuration,
            timeout: wait?.duration ?? .seconds(60))
        try await observer.observe(connection) {
            try await Pipe(
                connection: connection,
                input: streams.receivesOnly ? nil : StandardStreams.input,
                output: streams.sendsOnly ? nil : StandardStreams.output(closesAtEnd: true),
                idleLimit: endpoint.idleLimit
            ).run()
        }
    }

    private func transportSettings(
        for address: Address, _ diagnostics: Diagnostics
    ) throws -> (Configuration, Verification) {
        var configuration = Configuration()
        endpoint.apply(to: &configuration)
        diagnosis.apply(to: &configuration)
        guard !trust.usesPlaintext else {
            configuration.mode = .plaintext
            return (configuration, .nothing)
        }
        let (trusted, verification) = try trust.trust(pinOfAddress: address.pin)
        configuration.trust = trusted
        configuration.serverName = trust.serverName
        configuration.identity = try identity.identity(diagnostics)
        configuration.revocationLists = try identity.revocationLists()
        return (configuration, verification)
    }
}
