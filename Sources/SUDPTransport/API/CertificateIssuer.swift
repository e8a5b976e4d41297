internal import SUDPCrypto

/// A certificate authority of one's own, which issues server and client certificates.
///
/// Certificates are valid from five minutes ago and never longer than the authority's own.
public struct CertificateIssuer: Sendable {
    /// A certificate with its private key, both as PEM text.
    public struct Issued: Hashable, Sendable {
        /// The certificate.
        public let certificate: String
        /// The private key, in clear.
        public let privateKey: String

        /// Puts a certificate and its key together, unchecked.
        public init(certificate: String, privateKey: String) {
            self.certificate = certificate
            self.privateKey = privateKey
        }
    }

    /// What could not be issued, in one line for the user.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Whether the request asks for the impossible; the authority cannot be used otherwise.
        public let isInvalidRequest: Bool
        /// What is wrong and with what.
        public let description: String
    }

    /// The authority's own certificate and key.
    public let authority: Issued

    private let issuer: CertificateAuthority

    /// Makes a new authority, ECDSA P-256, valid for ten years, under this common name.
    public static func generate(name: String) throws(Failure) -> CertificateIssuer {
        CertificateIssuer(
            try Self.explain { () throws(CryptoError) in
                try CertificateAuthority.generate(name: name, now: now)
            })
    }

    /// Takes an existing authority; throws when the key is another's or may not issue.
    public init(authority: Issued) throws(Failure) {
        self.init(
            try Self.explain { () throws(CryptoError) in
                try CertificateAuthority.load(
                    certificate: Certificate(pem: authority.certificate),
                    key: PrivateKey(pem: authority.privateKey))
            })
    }

    private init(_ issuer: CertificateAuthority) {
        self.issuer = issuer
        authority = Issued(
            certificate: issuer.certificate.pem, privateKey: issuer.privateKey.pem)
    }

    /// Issues a server certificate for host names, perhaps with a wildcard, and IP addresses.
    public func issueServer(hosts: [String], days: Int) throws(Failure) -> Issued {
        try Self.issue { () throws(CryptoError) in
            try issuer.issueServer(hosts: hosts, days: days, now: Self.now)
        }
    }

    /// Issues a client certificate with this common name.
    public func issueClient(name: String, days: Int) throws(Failure) -> Issued {
        try Self.issue { () throws(CryptoError) in
            try issuer.issueClient(name: name, days: days, now: Self.now)
        }
    }

    /// Throws when this is neither a host name, perhaps with a wildcard, nor an IP address.
    public static func requireHost(_ host: String) throws(Failure) {
        _ = try explain { () throws(CryptoError) in
            try SubjectAlternativeName(host: host, allowsWildcard: true)
        }
    }

    private static var now: Int64 { WallClock.unixSeconds() }

    private static func issue(
        _ body: () throws(CryptoError) -> CertificateChain
    ) throws(Failure) -> Issued {
        let chain = try explain(body)
        return Issued(certificate: chain.leaf.pem, privateKey: chain.privateKey.pem)
    }

    private static func explain<Result>(
        _ body: () throws(CryptoError) -> Result
    ) throws(Failure) -> Result {
        do {
            return try body()
        } catch {
            let isInvalidRequest = error.kind == .invalidName || error.kind == .invalidValidity
            throw Failure(isInvalidRequest: isInvalidRequest, description: error.description)
        }
    }
}
