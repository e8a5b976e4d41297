import ArgumentParser

/// The root of the command line.
struct SUDP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sudp",
        abstract: "Pipes over encrypted, reliable UDP that arrive whole or say that they did not.",
        discussion: """
            Examples:
              sudp listen 7000 > copy            receive one stream
              sudp connect HOST 7000 < file      send it; 0: the peer consumed all
              sudp chat HOST --nick NAME         talk; sudp chat --serve makes the room
              sudp recv --dir inbox              take files, on port 7832
              sudp send FILE HOST:7832           send them; 0: all there, verified
              sudp bench HOST                    measure the path to sudp bench --serve
              sudp certs gen --host HOST         make certificates for both sides
            """,
        version: "sudp 0.1.0",
        subcommands: [
            Listen.self, Connect.self, Chat.self, Send.self, Receive.self, Bench.self, Certs.self,
        ])

    func run() throws {
        throw ValidationError("A command is missing.")
    }
}
