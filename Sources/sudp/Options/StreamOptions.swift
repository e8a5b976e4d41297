import ArgumentParser
import SUDPServices

/// Which of the two streams are joined to standard input and output.
struct StreamOptions: ParsableArguments {
    @Flag(name: .customLong("recv-only"), help: "Only receive: standard input is never read.")
    var receivesOnly = false

    @Flag(name: .customLong("send-only"), help: "Only send: the peer's data is refused.")
    var sendsOnly = false

    func validate() throws {
        if receivesOnly && sendsOnly {
            throw ValidationError("--recv-only and --send-only exclude each other.")
        }
    }
}
