import ArgumentParser
import SUDPServices

/// What belongs to `bench --serve` only.
struct BenchServerOptions: ParsableArguments {
    @Option(
        name: .customLong("max-rate"),
        help: ArgumentHelp(
            "Send, and take, so many bits per second at most, for all clients together.",
            valueName: "rate"))
    var maximumRate: BitRate?

    @Option(
        name: .customLong("max-time"),
        help: ArgumentHelp(
            "Give each client so many seconds; 3600 by default.", valueName: "seconds"))
    var maximumTime: Seconds?

    @Option(
        name: .customLong("max-bytes"),
        help: ArgumentHelp(
            "Let each client move so many bytes, both ways together: 10G.", valueName: "count"))
    var maximumByteCount: ByteCount?

    @Flag(name: .shortAndLong, help: "Go on with further clients; it does anyway.")
    var keepOpen = false

    /// The first of these options that was given; nil when none was.
    var given: String? {
        [
            ("--max-rate", maximumRate != nil), ("--max-time", maximumTime != nil),
            ("--max-bytes", maximumByteCount != nil), ("-k", keepOpen),
        ].first(where: \.1)?.0
    }

    /// The rules, with so many clients at once.
    func rules(maximumVisits: Int?) -> BenchServerRules {
        var rules = BenchServerRules()
        if let maximumVisits { rules.maximumVisits = maximumVisits }
        rules.bytesPerSecond = maximumRate?.bytesPerSecond
        rules.byteLimit = maximumByteCount?.count
        if let maximumTime { rules.visitLimit = maximumTime.duration }
        return rules
    }
}
