import ArgumentParser
import Logging
import SUDPTransport

/// What is said on standard error.
struct DiagnosticsOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Tell about connections, and sum each up at its end.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Tell about errors only.")
    var quiet = false

    @Flag(
        name: .long,
        help: ArgumentHelp(
            "Print JSON, one object a line: events of files or a chat, results, and the summary of"
                + " each connection."))
    var json = false

    func validate() throws {
        if verbose && quiet { throw ValidationError("--verbose and --quiet exclude each other.") }
    }

    var diagnostics: Diagnostics {
        Diagnostics(
            level: quiet ? .errors : verbose ? .everything : .notices,
            summary: json ? .json : verbose ? .text : .none)
    }

    /// Lets the transport say what it has to say, and log its keys where the environment asks.
    func apply(to configuration: inout Configuration) {
        let diagnostics = diagnostics
        configuration.logger = Logger(label: "sudp") { _ in DiagnosticsLogHandler(diagnostics) }
        if let file = KeyLogFile() { configuration.keyLog = { file.append($0) } }
    }
}
