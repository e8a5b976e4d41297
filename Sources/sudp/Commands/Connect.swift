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
        name: .shortAndLong, help: "Give up connecting after so many seconds; 60 by default.")
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
    }

    mutating func run() async throws {
    }
}
