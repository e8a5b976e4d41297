import ArgumentParser
import SUDPServices
import SUDPTransport

/// What a benchmark compares, and how often it measures.
struct BenchComparisonOptions: ParsableArguments {
    @Option(
        name: .customLong("compare"),
        help: ArgumentHelp(
            "Measure without encryption, too, in turns: plaintext.", valueName: "mode"),
        completion: .list(["plaintext"]))
    var comparison: String?

    @Option(
        name: .customLong("cc"),
        help: ArgumentHelp(
            "How both sides find the rate: reno, cubic or bbr; several are compared in turns.",
            valueName: "algorithm,…"),
        transform: congestionControls(named:))
    var congestionControls: [CongestionControl] = []

    @Flag(
        name: .customLong("vs-tcp"),
        help: "Measure the kernel's TCP between the same ends, too, in turns.")
    var measuresTCP = false

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("Measure so often, and tell the median.", valueName: "count"))
    var repeats: Int?

    func validate() throws {
        if let repeats, !(1...1000).contains(repeats) {
            throw ValidationError("--repeat is a number from 1 to 1000.")
        }
        if let comparison, comparison != "plaintext" {
            throw ValidationError("--compare knows plaintext only.")
        }
    }

    private static func congestionControls(named names: String) throws -> [CongestionControl] {
        let controls = names.split(separator: ",", omittingEmptySubsequences: false).map {
            CongestionControl(rawValue: String($0))
        }
        guard !controls.contains(nil), Set(controls).count == controls.count else {
            throw ValidationError("--cc is one or more of reno, cubic and bbr, as in cubic,bbr.")
        }
        return controls.compactMap(\.self)
    }

    /// Those of these options that were given.
    var given: [String] {
        [
            ("--compare", comparison != nil), ("--cc", !congestionControls.isEmpty),
            ("--vs-tcp", measuresTCP), ("--repeat", repeats != nil),
        ].filter(\.1).map(\.0)
    }

    /// What is measured in turns, where nothing else is said about the target's configuration.
    func variants(of configuration: Configuration) -> [BenchVariant] {
        let mode = configuration.mode == .plaintext ? "plaintext" : "secure"
        var variants = [BenchVariant(name: mode, way: .sudp)]
        if !congestionControls.isEmpty {
            variants = congestionControls.map { control in
                var changed = configuration
                changed.congestionControl = control
                return BenchVariant(
                    name: congestionControls.count == 1 ? mode : control.rawValue, way: .sudp,
                    configuration: changed)
            }
        }
        if comparison != nil {
            var changed = variants[0].configuration ?? configuration
            changed.mode = .plaintext
            variants.append(BenchVariant(name: "plaintext", way: .sudp, configuration: changed))
        }
        if measuresTCP { variants.append(BenchVariant(name: "tcp", way: .tcp)) }
        return variants
    }
}
