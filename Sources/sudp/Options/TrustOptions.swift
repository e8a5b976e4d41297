import ArgumentParser
import SUDPServices
import SUDPTransport

/// Which server a client accepts.
struct TrustOptions: ParsableArguments {
    @Option(
        name: .customLong("ca"),
        help: ArgumentHelp(
            "Trust servers that this authority vouches for, PEM.", valueName: "file"),
        completion: .file())
    var authority: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Trust exactly this public key.", valueName: "sha256:hex"),
        transform: Self.pin)
    var pin: PublicKeyPin?

    @Flag(name: .long, help: "Encrypt without knowing to whom.")
    var insecure = false

    @Option(
        name: .customLong("server-name"),
        help: ArgumentHelp(
            "The name to verify, when it is not the host.", valueName: "name"))
    var serverName: String?

    @Flag(name: .customLong("plaintext"), help: "Do not encrypt.")
    var usesPlaintext = false

    func validate() throws {
        let choices = [
            ("--ca", authority != nil), ("--pin", pin != nil), ("--insecure", insecure),
            ("--plaintext", usesPlaintext),
        ].filter(\.1).map(\.0)
        if choices.count > 1 {
            throw ValidationError("\(choices.joined(separator: " and ")) exclude each other.")
        }
        if serverName != nil, let choice = choices.first, choice != "--ca" {
            throw ValidationError("\(choice) verifies no name: leave out --server-name.")
        }
        if serverName?.isEmpty == true { throw ValidationError("--server-name is empty.") }
    }

    /// The first of these options that was given; nil when none was.
    var given: String? {
        [
            ("--ca", authority != nil), ("--pin", pin != nil), ("--insecure", insecure),
            ("--server-name", serverName != nil), ("--plaintext", usesPlaintext),
        ].first(where: \.1)?.0
    }

    func requireNoneOverPinURI() throws {
        guard authority == nil, pin == nil, !insecure, !usesPlaintext, serverName == nil else {
            throw ValidationError(
                "The pin URI says whom to trust: leave out the other trust options.")
        }
    }

    /// Whom these options trust, and how that is called in a summary.
    func trust(pinOfAddress: PublicKeyPin?) throws -> (trust: Trust, verification: Verification) {
        if let pin = pin ?? pinOfAddress { return (try .pin("\(pin)"), .pin) }
        if insecure { return (.insecure, .insecure) }
        let known = CertificateSearch().path(of: .authorityCertificate)
        guard let path = authority ?? known else { return (.nothing, .nothing) }
        return (try LocalFile(path).use { try Trust.authorities(pem: $0) }, .authority)
    }

    private static func pin(_ text: String) throws -> PublicKeyPin {
        guard let pin = PublicKeyPin(text) else {
            throw ValidationError("A pin is sha256: and 64 hexadecimal digits.")
        }
        return pin
    }
}
