import ArgumentParser
import SUDPTransport

/// Which way packets take, how large they are, and when a silent peer is given up.
struct PathOptions: ParsableArguments, TransportOptions {
    @Flag(name: [.customShort("4"), .customLong("ipv4")], help: "Use IPv4 only.")
    var ipv4Only = false

    @Flag(name: [.customShort("6"), .customLong("ipv6")], help: "Use IPv6 only.")
    var ipv6Only = false

    @Option(
        name: .customLong("dead-peer"),
        help: ArgumentHelp(
            "Give a silent peer up after so many seconds; 30 by default.", valueName: "seconds"))
    var deadPeerTimeout: Seconds?

    @Option(
        name: .customLong("mtu"),
        help: ArgumentHelp(
            "The largest UDP payload to send where the path carries it; 1200 to 65507 bytes.",
            valueName: "bytes"))
    var maximumDatagramSize: Int?

    func validate() throws {
        if ipv4Only && ipv6Only { throw ValidationError("-4 and -6 exclude each other.") }
        if let size = maximumDatagramSize, !(1200...65_507).contains(size) {
            throw ValidationError("--mtu is a number from 1200 to 65507.")
        }
    }

    func apply(to configuration: inout Configuration) {
        if ipv4Only { configuration.families = [.ipv4] }
        if ipv6Only { configuration.families = [.ipv6] }
        if let deadPeerTimeout {
            configuration.deadPeerTimeout = deadPeerTimeout.duration
            configuration.keepAliveInterval = min(
                configuration.keepAliveInterval, deadPeerTimeout.duration / 3)
        }
        configuration.maximumDatagramSize = maximumDatagramSize
    }
}
