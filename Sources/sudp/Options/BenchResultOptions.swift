import ArgumentParser
import SUDPServices

/// What a benchmark's result is made into.
struct BenchResultOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Tell every so many seconds, 0.1 at least; 1 by default with --json-stream or --csv.",
            valueName: "seconds"))
    var interval: Seconds?

    @Flag(
        name: .customLong("json-stream"),
        help: "Print JSON objects, one a line: the intervals and last the result.")
    var isStream = false

    @Flag(
        name: .customLong("csv"),
        help: "Print comma-separated values: a header, the intervals and last the measurements.")
    var isTable = false

    @Flag(
        name: .customLong("prometheus"),
        help: "Print the result in the text format of Prometheus.")
    var isExposition = false

    @Option(
        name: .customLong("plot"),
        help: ArgumentHelp("Draw rate and latency over time as SVG.", valueName: "file"),
        completion: .file(extensions: ["svg"]))
    var plot: String?

    @Option(
        name: .customLong("baseline"),
        help: ArgumentHelp(
            "Hold the rates against an earlier result of --json.", valueName: "file"),
        completion: .file())
    var baseline: String?

    @Option(
        name: .customLong("fail-below"),
        help: ArgumentHelp(
            "End with 1 when a rate is below this part of the baseline's, such as 0.95.",
            valueName: "ratio"),
        transform: Self.ratio)
    var leastRatio: Double?

    func validate() throws {
        if leastRatio != nil && baseline == nil {
            throw ValidationError("--fail-below needs --baseline.")
        }
        if let interval, interval.duration < .milliseconds(100) {
            throw ValidationError("-i is at least 0.1.")
        }
    }

    private static func ratio(_ text: String) throws -> Double {
        guard let seconds = Seconds(argument: text), seconds.duration <= .seconds(1000) else {
            throw ValidationError("--fail-below is a number such as 0.95.")
        }
        return seconds.duration / .seconds(1)
    }

    /// The first of these options that was given; nil when none was.
    var given: String? {
        [
            ("-i", interval != nil), ("--json-stream", isStream), ("--csv", isTable),
            ("--prometheus", isExposition), ("--plot", plot != nil),
            ("--baseline", baseline != nil), ("--fail-below", leastRatio != nil),
        ].first(where: \.1)?.0
    }
}
