import ArgumentParser
import SUDPServices
import SUDPTransport

/// The certificate that this side shows, and the list of revoked ones that it refuses.
struct IdentityOptions: ParsableArguments {
    @Option(
        name: .customLong("cert"),
        help: ArgumentHelp("The certificate to show, PEM.", valueName: "file"), completion: .file())
    var certificate: String?

    @Option(
        name: .long, help: ArgumentHelp("The certificate's private key, PEM.", valueName: "file"),
        completion: .file())
    var key: String?

    @Option(
        name: .customLong("crl"),
        help: ArgumentHelp(
            "Refuse a peer that this revocation list names, PEM.", valueName: "file"),
        completion: .file())
    var revocationList: String?

    func validate() throws {
        if (certificate == nil) != (key == nil) {
            throw ValidationError("--cert and --key belong together: give both or none.")
        }
    }

    /// The identity that the options name, or nil.
    func identity(_ diagnostics: Diagnostics) throws -> Identity? {
        guard let certificate, let key else { return nil }
        return try Self.identity(certificate: certificate, key: key, diagnostics)
    }

    /// The identity that the options name or that lies where servers keep it, or nil.
    func serverIdentity(_ diagnostics: Diagnostics) throws -> Identity? {
        if let named = try identity(diagnostics) { return named }
        guard let paths = CertificateSearch().paths(of: .serverCertificate, .serverKey) else {
            return nil
        }
        diagnostics.detail("showing the certificate in \(paths.certificate)")
        return try Self.identity(certificate: paths.certificate, key: paths.key, diagnostics)
    }

    /// The revocation lists that the options name.
    func revocationLists() throws -> [String] {
        try revocationList.map { [try SmallFile.read($0)] } ?? []
    }

    private static func identity(
        certificate: String, key: String, _ diagnostics: Diagnostics
    ) throws -> Identity {
        let certificateText = try SmallFile.read(certificate)
        if SmallFile.isOpenToOthers(key) {
            diagnostics.notice("\(key) can be read by others: chmod 600 \(key)")
        }
        return try LocalFile(key).use { keyText in
            try Identity(certificatePEM: certificateText, keyPEM: keyText)
        }
    }
}
