import ArgumentParser

/// Which server a client accepts.
struct TrustOptions: ParsableArguments {
    @Option(
        name: .customLong("ca"), help: "Trust servers that this authority vouches for, PEM.",
        completion: .file())
    var authority: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Trust exactly this public key.", valueName: "sha256:hex"))
    var pin: Pin?

    @Flag(name: .long, help: "Encrypt without knowing to whom.")
    var insecure = false

    @Option(
        name: .customLong("server-name"),
        help: ArgumentHelp(
            "The name to verify, when it is not the host.", valueName: "name"))
    var serverName: String?

    @Flag(name: .customLong("plaintext"), help: "Do not encrypt.")
    var usesPlaintext = false

    func validate() throws {
        let choices = [
            ("--ca", authority != nil), ("--pin", pin != nil), ("--insecure", insecure),
            ("--plaintext", usesPlaintext),
        ].filter(\.1).map(\.0)
        if choices.count > 1 {
            throw ValidationError("\(choices.joined(separator: " and ")) exclude each other.")
        }
        if serverName != nil, let choice = choices.first, choice != "--ca" {
            throw ValidationError("\(choice) verifies no name: leave out --server-name.")
        }
        if serverName?.isEmpty == true { throw ValidationError("--server-name is empty.") }
    }

    func requireNoneOverPinURI() throws {
        guard authority == nil, pin == nil, !insecure, !usesPlaintext, serverName == nil else {
            throw ValidationError(
                "The pin URI says whom to trust: leave out the other trust options.")
        }
    }
}
