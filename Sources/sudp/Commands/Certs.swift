import ArgumentParser

/// `sudp certs`: the certificates of both sides.
struct Certs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certs", abstract: "Make certificates.", subcommands: [CertsGenerate.self])
}
