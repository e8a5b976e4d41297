import ArgumentParser
import SUDPTransport

/// How an end finds the rate to send at.
struct CongestionOptions: ParsableArguments, TransportOptions {
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

    func apply(to configuration: inout Configuration) {
        if let congestionControl { configuration.congestionControl = congestionControl }
    }
}
