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

    @OptionGroup var congestion: CongestionOptions

    /// How long no byte may move; nil for ever.
    var idleLimit: Duration? { idleTimeout?.duration }

    func apply(to configuration: inout Configuration) {
        path.apply(to: &configuration)
        congestion.apply(to: &configuration)
    }
}
