import ArgumentParser
import SUDPServices
import SUDPTransport

/// `sudp bench`: measures with a server, or is one, or both.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure throughput, latency and what limits them, or serve those who do.")

    @Argument(
        help: ArgumentHelp(
            "As of connect or listen, or HOST alone; port 7833 where none is named. Without it both"
                + " ends are in this process.", valueName: "addr"))
    var address: [String] = []

    @Flag(name: .long, help: "Serve those who measure.")
    var serve = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Give up connecting after so many seconds; 60 by default.", valueName: "seconds"))
    var wait: Seconds?

    @Option(
        name: .customLong("token-file"),
        help: ArgumentHelp(
            "A secret that both ends must have in such a file, at most 64KiB.", valueName: "file"),
        completion: .file())
    var secretFile: String?

    @OptionGroup(title: "Measurement") var load: BenchLoadOptions
    @OptionGroup(title: "Comparison") var comparison: BenchComparisonOptions
    @OptionGroup(title: "Result") var result: BenchResultOptions
    @OptionGroup(title: "Server") var server: BenchServerOptions
    @OptionGroup(title: "Server's clients") var clients: ListenerOptions
    @OptionGroup(title: "Trust") var trust: TrustOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var path: PathOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        if serve {
            try listenerSettings.validate(parsedAddress)
            let json = diagnosis.json ? "--json" : nil
            let wait = wait == nil ? nil : "-w"
            let measurement = load.given.first ?? comparison.given.first
            if let option = measurement ?? result.given ?? trust.given ?? json ?? wait {
                throw ValidationError("\(option) is for clients: leave out --serve.")
            }
            return
        }
        if let option = server.given ?? clients.given {
            throw ValidationError("\(option) needs --serve.")
        }
        let forms = [
            ("--json", diagnosis.json), ("--json-stream", result.isStream),
            ("--csv", result.isTable), ("--prometheus", result.isExposition),
        ].filter(\.1).map(\.0)
        guard forms.count < 2 else {
            throw ValidationError("\(forms.joined(separator: " and ")) exclude each other.")
        }
        if let work = load.work, comparison.given.contains("--cc") {
            throw ValidationError("\(work) and --cc exclude each other.")
        }
        if load.countsHandshakes && comparison.measuresTCP {
            throw ValidationError("--handshakes and --vs-tcp exclude each other.")
        }
        if load.transaction != nil && result.plot != nil {
            throw ValidationError("--rr and --plot exclude each other.")
        }
        if trust.usesPlaintext && comparison.comparison != nil {
            throw ValidationError("--compare plaintext needs encryption to compare with.")
        }
        if address.isEmpty {
            try validateThisProcess()
        } else {
            try peerSettings.validate()
        }
    }

    private func validateThisProcess() throws {
        let option = trust.given == "--plaintext" ? nil : trust.given
        if let option {
            throw ValidationError("\(option) needs an address: both ends are in this process.")
        }
        if secretFile != nil {
            throw ValidationError("--token-file needs an address or --serve.")
        }
        if identity.certificate != nil || identity.revocationList != nil {
            throw ValidationError("--cert, --key and --crl need an address or --serve.")
        }
    }

    func run() async throws {
        if serve {
            try await BenchServerRun(command: self).run()
        } else {
            try await BenchClientRun(command: self).run()
        }
    }

    /// What clients of the server must know; nil when nothing is demanded or known.
    ///
    /// - Throws: `FileFailure` when the file cannot be used.
    var secret: BenchSecret? {
        get throws { try secretFile.map { try BenchSecret(path: $0) } }
    }

    /// The server's address.
    var parsedAddress: Address {
        get throws { try Address(words: address, defaultPort: BenchConstants.defaultPort) }
    }

    /// How the server's port is opened.
    var listenerSettings: ListenerSettings {
        // A ping, which measures 0-RTT, is all that the server takes so.
        ListenerSettings(clients, identity, path, diagnosis) { $0.acceptsEarlyData = true }
    }

    /// How a client reaches the server.
    var peerSettings: PeerSettings {
        get throws { PeerSettings(try parsedAddress, trust, identity, path, diagnosis) }
    }
}
