import ArgumentParser
import SUDPTransport

/// What both ends of a chat may choose about their connection, which is idle as long as they are.
struct ChatEndpointOptions: ParsableArguments, TransportOptions {
    @OptionGroup var path: PathOptions
    @OptionGroup var congestion: CongestionOptions

    func apply(to configuration: inout Configuration) {
        path.apply(to: &configuration)
        congestion.apply(to: &configuration)
    }
}
