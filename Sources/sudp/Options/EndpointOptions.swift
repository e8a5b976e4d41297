import ArgumentParser

/// What both ends of a connection may choose about it.
struct EndpointOptions: ParsableArguments {
    @Flag(name: [.customShort("4"), .customLong("ipv4")], help: "Use IPv4 only.")
    var ipv4Only = false

    @Flag(name: [.customShort("6"), .customLong("ipv6")], help: "Use IPv6 only.")
    var ipv6Only = false

    @Option(
        name: .shortAndLong,
        help: "End with 75 when no application byte moves for so many seconds.")
    var idleTimeout: Seconds?

    @Option(
        name: .customLong("dead-peer"),
        help: "Give a silent peer up after so many seconds; 30 by default.")
    var deadPeerTimeout: Seconds?

    func validate() throws {
        if ipv4Only && ipv6Only { throw ValidationError("-4 and -6 exclude each other.") }
    }
}
