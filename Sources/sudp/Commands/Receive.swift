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

    @Option(
        name: [.customShort("m"), .customLong("max-conns")],
        help: ArgumentHelp(
            "Refuse senders beyond so many at once; 100 by default.", valueName: "count"))
    var maximumConnections = 100

    @Flag(name: .customLong("allow-plaintext"), help: "Accept unencrypted senders, too.")
    var allowsPlaintext = false

    @Option(
        name: .customLong("client-ca"),
        help: ArgumentHelp(
            "Demand a client certificate that this authority issued, PEM.", valueName: "file"),
        completion: .file())
    var clientAuthority: String?

    @Option(
        name: .customLong("port-file"),
        help: ArgumentHelp("Write the port to this file when listening.", valueName: "file"),
        completion: .file())
    var portFile: String?

    @OptionGroup(title: "Files") var files: DestinationOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var endpoint: EndpointOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        if try parsedAddress.pin != nil {
            throw ValidationError("A pin URI is for send: listen at PORT or HOST:PORT.")
        }
        if keepOpen && files.isOnce { throw ValidationError("-k and --once exclude each other.") }
        if identity.revocationList != nil && clientAuthority == nil {
            throw ValidationError("--crl needs --client-ca: clients show no certificate otherwise.")
        }
        guard (1...65_536).contains(maximumConnections) else {
            throw ValidationError("-m is a number from 1 to 65536.")
        }
        if clientAuthority != nil && allowsPlaintext {
            throw ValidationError("--client-ca and --allow-plaintext exclude each other.")
        }
    }

    func run() async throws {
        let diagnostics = diagnosis.diagnostics
        var options = ReceiveOptions(try files.destination())
        files.apply(to: &options)
        options.idleLimit = endpoint.idleLimit
        let settings = ListenerSettings(
            allowsPlaintext: allowsPlaintext, clientAuthority: clientAuthority, portFile: portFile,
            identity: identity, endpoint: endpoint, diagnosis: diagnosis)
        let log = ReceiveLog(
            diagnostics, verification: settings.verification, isOnce: files.isOnce)
        SignalWatch.shared.onStatus { log.display.tellStatus() }
        SignalWatch.shared.waitForCommand()
        let (listener, failures) = try await settings.open(
            try parsedAddress, maximumConnections: files.isOnce ? 1 : maximumConnections,
            diagnostics)
        defer {
            failures.cancel()
            listener.close()
        }
        let receiver = FileReceiver(options, progress: log.progress)
        let server = ConnectionServer(
            listener: listener, manner: files.isOnce ? .one : .together)
        try await withTaskCancellationHandler {
            try await server.run { connection in
                try await log.observe(connection) { onEvent in
                    try await receiver.serve(connection, onEvent: onEvent)
                }
            }
        } onCancel: {
            log.display.tellPatience()
        }
    }

    private var parsedAddress: Address {
        get throws { try Address(words: address.isEmpty ? [Self.defaultPort] : address) }
    }
}
