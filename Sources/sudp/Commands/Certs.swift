import ArgumentParser

/// `sudp certs`: the certificates of both sides.
struct Certs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certs", abstract: "Make certificates.", subcommands: [CertsGenerate.self])

    func run() throws {
        throw ValidationError("A command is missing.")
    }
}
