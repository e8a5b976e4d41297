import ArgumentParser
import SUDPServices
import SUDPTransport

/// `sudp certs gen`: an authority and the certificates it issues.
struct CertsGenerate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gen",
        abstract: "Make an authority and a server certificate, or a client certificate.")

    private static let authorityDays = 3650

    @Option(
        name: .customLong("dir"),
        help: ArgumentHelp("The directory for the files.", valueName: "dir"), completion: .directory
    )
    var directory = "certs"

    @Option(
        name: .customLong("host"),
        help: ArgumentHelp(
            "A name or IP address of the server; repeatable. Without any: this machine's.",
            valueName: "name-or-ip"))
    var hosts: [String] = []

    @Option(name: .long, help: "How many days the certificate is valid.")
    var days = 398

    @Option(
        name: .customLong("client"),
        help: ArgumentHelp(
            "Make a certificate for the client of this name instead.", valueName: "name"))
    var client: String?

    @Flag(name: .long, help: "Replace what is there; the old files are kept as .bak.")
    var force = false

    func validate() throws {
        if client != nil && !hosts.isEmpty {
            throw ValidationError("--client and --host exclude each other.")
        }
        guard (1...Self.authorityDays).contains(days) else {
            throw ValidationError("--days is a number from 1 to \(Self.authorityDays).")
        }
        if directory.isEmpty { throw ValidationError("--dir names no directory.") }
        for host in hosts {
            do throws(CertificateIssuer.Failure) {
                try CertificateIssuer.requireHost(host)
            } catch {
                throw ValidationError("--host: \(error).")
            }
        }
    }

    func run() throws {
        let directory = CertificateDirectory(path: directory)
        let generation: CertificateDirectory.Generation
        if let client {
            generation = try directory.makeClient(name: client, days: days, replacing: force)
        } else {
            let names = hosts.isEmpty ? CertificateDirectory.localHosts : hosts
            generation = try directory.makeServer(hosts: names, days: days, replacing: force)
        }
        try StandardStreams.writeResult(report(generation, in: directory))
    }

    private func report(
        _ generation: CertificateDirectory.Generation, in directory: CertificateDirectory
    ) -> String {
        let authority = directory.path(of: .authorityCertificate)
        let made = generation.paths.map { "made \($0)" }
        let reused = generation.reusedAuthority ? ["issued by the authority in \(authority)"] : []
        let host = hosts.first { !$0.contains("*") } ?? "localhost"
        let next =
            if client == nil {
                [
                    "listen:  sudp listen 7000 --cert \(directory.path(of: .serverCertificate))"
                        + " --key \(directory.path(of: .serverKey))",
                    "connect: sudp connect \(host) 7000 --ca \(authority)",
                ]
            } else {
                [
                    "listen:  sudp listen 7000 --client-ca \(authority)",
                    "connect: sudp connect \(host) 7000"
                        + " --cert \(directory.path(of: .clientCertificate))"
                        + " --key \(directory.path(of: .clientKey))",
                ]
            }
        let lines = made + reused + ["next:"] + next
        return lines.map { TerminalText.escaped($0) + "\n" }.joined()
    }
}
