import ArgumentParser
import SUDPTransport

/// What both ends of a connection may choose about it.
struct EndpointOptions: ParsableArguments, TransportOptions {
    @OptionGroup var path: PathOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "End with 75 when no application byte moves for so many seconds.", valueName: "seconds")
    )
    var idleTimeout: Seconds?

    @Option(
        name: .customLong("cc"),
        help: ArgumentHelp(
            "How to find the rate to send at: reno, cubic or bbr, the default.",
            valueName: "algorithm"),
        completion: .list(CongestionControl.allCases.map(\.rawValue)),
        transform: congestionControl(named:))
    var congestionControl: CongestionControl?

    private static func congestionControl(named name: String) throws -> CongestionControl {
        guard let control = CongestionControl(rawValue: name) else {
            throw ValidationError("--cc is reno, cubic or bbr.")
        }
        return control
    }

    /// How long no byte may move; nil for ever.
    var idleLimit: Duration? { idleTimeout?.duration }

    func apply(to configuration: inout Configuration) {
        path.apply(to: &configuration)
        if let congestionControl { configuration.congestionControl = congestionControl }
    }
}
