import ArgumentParser

/// The program: reads the command line, runs one command, ends with its exit status.
@main
struct SUDP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sudp",
        abstract: "Pipes over encrypted, reliable UDP that arrive whole or say that they did not.",
        discussion: """
            Examples:
              sudp listen 7000 > copy            receive one stream
              sudp connect HOST 7000 < file      send it; 0: the peer consumed all
              sudp certs gen --host HOST         make certificates for both sides
            """,
        version: "sudp 0.1.0",
        subcommands: [Listen.self, Connect.self, Certs.self])

    func run() throws {
        throw ValidationError("A command is missing.")
    }

    static func main() async {
        StandardStreams.prepare()
        SignalWatch.shared.start()
        do {
            let task = Task { try await perform() }
            SignalWatch.shared.onEnd { task.cancel() }
            try await task.value
            Ending.status(.complete).perform()
        } catch {
            Ending(error).perform()
        }
    }

    private static func perform() async throws {
        var command = try parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
    }
}
