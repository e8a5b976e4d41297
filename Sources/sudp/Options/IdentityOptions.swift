import ArgumentParser

/// The certificate that this side shows, and the list of revoked ones that it refuses.
struct IdentityOptions: ParsableArguments {
    @Option(
        name: .customLong("cert"), help: "The certificate to show, PEM.", completion: .file())
    var certificate: String?

    @Option(name: .long, help: "The certificate's private key, PEM.", completion: .file())
    var key: String?

    @Option(
        name: .customLong("crl"), help: "Refuse a peer that this revocation list names, PEM.",
        completion: .file())
    var revocationList: String?

    func validate() throws {
        if (certificate == nil) != (key == nil) {
            throw ValidationError("--cert and --key belong together: give both or none.")
        }
    }
}
