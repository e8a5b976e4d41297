import ArgumentParser

/// What every server lets its clients do, and how many of them.
struct ListenerOptions: ParsableArguments {
    @Option(
        name: [.customShort("m"), .customLong("max-conns")],
        help: ArgumentHelp(
            "Refuse clients beyond so many at once; the manual page has the default.",
            valueName: "count"))
    var maximumConnections: Int?

    @Flag(name: .customLong("allow-plaintext"), help: "Accept unencrypted connections, too.")
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

    func validate() throws {
        if let maximumConnections, !(1...65_536).contains(maximumConnections) {
            throw ValidationError("-m is a number from 1 to 65536.")
        }
        if clientAuthority != nil && allowsPlaintext {
            throw ValidationError("--client-ca and --allow-plaintext exclude each other.")
        }
    }

    /// The first of these options that was given; nil when none was.
    var given: String? {
        [
            ("-m", maximumConnections != nil), ("--allow-plaintext", allowsPlaintext),
            ("--client-ca", clientAuthority != nil), ("--port-file", portFile != nil),
        ].first(where: \.1)?.0
    }
}
