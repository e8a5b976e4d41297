internal import SUDPTransport

/// A directory with an authority and the certificates it issued, under their fixed names.
public struct CertificateDirectory: Sendable {
    /// What a generation made.
    public struct Generation: Hashable, Sendable {
        /// The paths of the new files.
        public let paths: [String]
        /// Whether the authority was there before.
        public let reusedAuthority: Bool
    }

    /// The path of the directory.
    public let path: String

    /// Names a directory; it is made when something is generated.
    public init(path: String) {
        self.path = path
    }

    /// The path of a file in the directory.
    public func path(of file: CertificateFile) -> String {
        path.hasSuffix("/") ? path + file.rawValue : "\(path)/\(file.rawValue)"
    }

    /// Makes a server certificate, and an authority when there is none.
    ///
    /// Nothing is replaced unless `replacing`; what is replaced stays as `.bak`. Throws
    /// `FileFailure` or what the issuer throws, and then leaves the directory as it was.
    public func makeServer(
        hosts: [String], days: Int, replacing: Bool
    ) throws -> Generation {
        let serverFiles = [CertificateFile.serverCertificate, .serverKey]
        if !replacing { try requireAbsent(serverFiles) }
        let known = try knownAuthority(replacing: replacing)
        let issuer = try known ?? CertificateIssuer.generate(name: Self.authorityName)
        let server = try issuer.issueServer(hosts: hosts, days: days)
        var contents: [(CertificateFile, String)] = []
        if known == nil {
            contents += [
                (.authorityCertificate, issuer.authority.certificate),
                (.authorityKey, issuer.authority.privateKey),
            ]
        }
        contents += [(.serverCertificate, server.certificate), (.serverKey, server.privateKey)]
        return try write(contents, replacing: replacing, reusedAuthority: known != nil)
    }

    /// Makes a client certificate; the directory must have an authority.
    ///
    /// Nothing is replaced unless `replacing`; what is replaced stays as `.bak`. Throws
    /// `FileFailure` or what the issuer throws, and then leaves the directory as it was.
    public func makeClient(name: String, days: Int, replacing: Bool) throws -> Generation {
        if !replacing { try requireAbsent([.clientCertificate, .clientKey]) }
        guard let issuer = try knownAuthority(replacing: false) else {
            throw FileFailure.missing(path: path(of: .authorityKey))
        }
        let client = try issuer.issueClient(name: name, days: days)
        return try write(
            [(.clientCertificate, client.certificate), (.clientKey, client.privateKey)],
            replacing: replacing, reusedAuthority: true)
    }

    /// The names and addresses of this machine that a server certificate is for by default.
    public static var localHosts: [String] {
        let name = LocalHost.name.flatMap { name in
            (try? CertificateIssuer.requireHost(name)).map { name }
        }
        let others = ["localhost", "127.0.0.1", "::1"]
        return others.contains(name ?? "") ? others : [name].compactMap(\.self) + others
    }

    private static var authorityName: String { "sudp CA " + String(localHosts[0].prefix(48)) }

    private func requireAbsent(_ files: [CertificateFile]) throws {
        for file in files where SmallFile.exists(path(of: file)) {
            throw FileFailure.exists(path: path(of: file))
        }
    }

    /// The authority that is there; with half of one there is none when it may be replaced.
    private func knownAuthority(replacing: Bool) throws -> CertificateIssuer? {
        let paths = [CertificateFile.authorityCertificate, .authorityKey].map(path(of:))
        let missing = paths.filter { !SmallFile.exists($0) }
        guard missing.count < paths.count else { return nil }
        if let path = missing.first {
            if replacing { return nil }
            throw FileFailure.missing(path: path)
        }
        return try CertificateIssuer(
            authority: CertificateIssuer.Issued(
                certificate: SmallFile.read(paths[0]), privateKey: SmallFile.read(paths[1])))
    }

    private func write(
        _ contents: [(file: CertificateFile, text: String)], replacing: Bool, reusedAuthority: Bool
    ) throws -> Generation {
        try SmallFile.createDirectory(path)
        var replacement = FileReplacement()
        for (file, text) in contents {
            try replacement.write(
                path(of: file), text, isSecret: file.isSecret, replacing: replacing)
        }
        replacement.commit()
        return Generation(
            paths: contents.map { path(of: $0.file) }, reusedAuthority: reusedAuthority)
    }
}
