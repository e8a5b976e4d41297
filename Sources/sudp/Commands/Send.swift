import ArgumentParser
import SUDPServices
import SUDPTransport

/// `sudp send`: sends files and directories to a receiver.
struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send files and directories; 0 means that the receiver has them all, verified.")

    @Argument(
        help: ArgumentHelp(
            "What to send, - for standard input, and last the receiver: HOST:PORT, [V6]:PORT or"
                + " sudp://HOST:PORT/#pin=sha256:HEX.", valueName: "file… addr"),
        completion: .file())
    var words: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Give up connecting after so many seconds; 60 by default.", valueName: "seconds"))
    var wait: Seconds?

    @OptionGroup(title: "Files") var files: SourceOptions
    @OptionGroup(title: "Trust") var trust: TrustOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var endpoint: EndpointOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        try peer.validate()
        try files.validate(sourceCount: words.count - 1)
    }

    func run() async throws {
        let diagnostics = diagnosis.diagnostics
        var sources = Array(words.dropLast())
        if sources.isEmpty, files.text == nil { sources = [try PathQuestion.ask("File to send: ")] }
        if sources.contains("-") { try StandardStreams.requireInput() }
        let plan = try files.plan(sources)
        let checksums = try files.checksumFile.map { try ChecksumList(path: $0) }
        let peer = try peer
        let (configuration, verification) = try peer.settings(diagnostics)
        let results = ResultOutput(isStandardOutput: true)
        let observer = ConnectionObserver(
            diagnostics, verification: verification, results: results)
        let progress = TransferProgress()
        let display = ProgressDisplay(progress, diagnostics, results)
        SignalWatch.shared.onStatus { display.tellStatus(idle: "connecting") }
        let connection = try await peer.connect(configuration, within: wait)
        var options = files.options { display.tell($0) }
        options.idleLimit = endpoint.idleLimit
        options.checksums = checksums
        if let wait { options.greetingLimit = wait.duration }
        try await observer.observe(connection) { [options] in
            let sender = FileSender(
                connection: connection, plan: plan, options: options, progress: progress)
            do {
                try await display.showing {
                    try await checksums.saved { try await sender.run() }
                }
            } catch {
                if SignalWatch.shared.received != nil { display.tellInterruption() }
                throw error
            }
        }
        try results.requireComplete()
    }

    private var peer: PeerSettings {
        get throws {
            PeerSettings(
                try Address(wordWithHost: words.last ?? ""), trust, identity, endpoint, diagnosis)
        }
    }
}
