import ArgumentParser
import Glibc
import SUDPServices
import SUDPTransport

/// `sudp recv`: takes files from any number of senders.
struct Receive: AsyncParsableCommand {
    static let defaultPort = "7832"
    static let configuration = CommandConfiguration(
        commandName: "recv",
        abstract: "Take files from any number of senders until told to stop.")

    @Argument(
        help: ArgumentHelp(
            "PORT, HOST:PORT, [V6]:PORT or HOST PORT; port 7832 of all interfaces by default.",
            valueName: "addr"))
    var address: [String] = []

    @Flag(name: .shortAndLong, help: "Go on with further senders; it does anyway.")
    var keepOpen = false

    @OptionGroup(title: "Files") var files: DestinationOptions
    @OptionGroup(title: "Clients") var clients: ListenerOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var endpoint: EndpointOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        try settings.validate(parsedAddress)
        if keepOpen && files.isOnce { throw ValidationError("-k and --once exclude each other.") }
    }

    func run() async throws {
        let diagnostics = diagnosis.diagnostics
        var options = ReceiveOptions(try files.destination())
        files.apply(to: &options)
        options.verifiesClients = clients.clientAuthority != nil
        let checksums = try files.checksumFile.map { try ChecksumList(path: $0) }
        options.idleLimit = endpoint.idleLimit
        options.checksums = checksums
        let settings = settings
        let results = ResultOutput(isStandardOutput: files.out == nil)
        let log = ReceiveLog(
            diagnostics, verification: settings.verification, isOnce: files.isOnce,
            isPayload: files.out != nil, results: results)
        SignalWatch.shared.onStatus { log.display.tellStatus(idle: "waiting for senders") }
        SignalWatch.shared.waitForCommand()
        let (listener, failures) = try await settings.open(
            try parsedAddress,
            maximumConnections: files.isOnce ? 1 : clients.maximumConnections ?? 100, diagnostics)
        defer {
            failures.cancel()
            listener.close()
        }
        let receiver = FileReceiver(options, progress: log.progress)
        let server = ConnectionServer(
            listener: listener, manner: files.isOnce ? .one : .together)
        try await withTaskCancellationHandler {
            try await server.run { connection in
                try await log.observe(connection) { onText, onEvent in
                    try await checksums.saved {
                        try await receiver.serve(connection, onText: onText, onEvent: onEvent)
                    }
                }
            }
        } onCancel: {
            log.display.tellPatience()
        }
        try results.requireComplete()
    }

    private var settings: ListenerSettings {
        ListenerSettings(clients, identity, endpoint, diagnosis)
    }

    private var parsedAddress: Address {
        get throws { try Address(words: address.isEmpty ? [Self.defaultPort] : address) }
    }
}
