import ArgumentParser

/// What is said on standard error.
struct DiagnosticsOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Tell about connections, and sum each up at its end.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Tell about errors only.")
    var quiet = false

    @Flag(name: .long, help: "Sum each connection up as one JSON object.")
    var json = false

    func validate() throws {
        if verbose && quiet { throw ValidationError("--verbose and --quiet exclude each other.") }
    }

    var diagnostics: Diagnostics {
        Diagnostics(
            level: quiet ? .errors : verbose ? .everything : .notices,
            summary: json ? .json : verbose ? .text : .none)
    }
}
