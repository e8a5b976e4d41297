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
        name: [.customShort("m"), .customLong("max-conns")],
        help: ArgumentHelp(
            "With -k: refuse connections beyond so many at once; 100 by default.",
            valueName: "count"))
    var maximumConnections: Int?

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

    @Flag(name: .customLong("allow-plaintext"), help: "Accept unencrypted connections, too.")
    var allowsPlaintext = false

    @Option(
        name: .customLong("client-ca"),
        help: "Demand a client certificate that this authority issued, PEM.", completion: .file())
    var clientAuthority: String?

    @Option(
        name: .customLong("port-file"), help: "Write the port to this file when listening.",
        completion: .file())
    var portFile: String?

    @OptionGroup(title: "Streams") var streams: StreamOptions
    @OptionGroup(title: "Security") var identity: IdentityOptions
    @OptionGroup(title: "Connection") var endpoint: EndpointOptions
    @OptionGroup(title: "Diagnostics") var diagnosis: DiagnosticsOptions

    func validate() throws {
        if try Address(words: address).pin != nil {
            throw ValidationError("A pin URI is for connect: listen at PORT or HOST:PORT.")
        }
        if program != nil && shellLine != nil {
            throw ValidationError("-e and -c exclude each other.")
        }
        if let program, ServedCommand(splitting: program) == nil {
            throw ValidationError("-e names no program.")
        }
        if (program ?? shellLine) != nil && (streams.receivesOnly || streams.sendsOnly) {
            throw ValidationError("--recv-only and --send-only are not for commands.")
        }
        if let maximumConnections {
            guard keepOpen else { throw ValidationError("-m needs -k.") }
            guard (1...65_536).contains(maximumConnections) else {
                throw ValidationError("-m is a number from 1 to 65536.")
            }
        }
        if clientAuthority != nil && allowsPlaintext {
            throw ValidationError("--client-ca and --allow-plaintext exclude each other.")
        }
    }

    mutating func run() async throws {
    }
}
