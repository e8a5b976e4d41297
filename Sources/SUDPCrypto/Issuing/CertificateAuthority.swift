internal import COpenSSL

/// A certificate authority with its key: it issues certificates and revocation lists.
///
/// Certificates begin five minutes before `now` and end at the latest with the authority's own.
/// Every time is in seconds since 1970.
public struct CertificateAuthority: Sendable {
    /// The authority's own certificate.
    public let certificate: Certificate
    /// The key that signs.
    public let privateKey: PrivateKey

    /// Makes a root that may issue end certificates only, by default for ten years.
    public static func generate(
        name: String, now: Int64, days: Int = 3650, keyType: KeyType = .p256
    ) throws(CryptoError) -> CertificateAuthority {
        let builder = CertificateBuilder(
            profile: try .authority(name: name), validity: try Validity(days: days, now: now))
        let key = try keyType.generate()
        return CertificateAuthority(
            certificate: try builder.build(subjectKey: key, issuer: nil), privateKey: key)
    }

    /// Puts an existing authority together; throws when the key is another's or the certificate
    /// may not issue others.
    public static func load(
        certificate: Certificate, key: PrivateKey
    ) throws(CryptoError) -> CertificateAuthority {
        guard certificate.isAuthority else {
            throw CryptoError(
                .notAuthority, "the certificate of \(certificate.subject) may not issue others")
        }
        let identity = try CertificateChain(certificates: [certificate], privateKey: key)
        return CertificateAuthority(certificate: identity.leaf, privateKey: identity.privateKey)
    }

    /// Issues a server certificate for host names, maybe with a wildcard, and addresses.
    public func issueServer(
        hosts: [String], days: Int = 398, now: Int64, keyType: KeyType = .p256
    ) throws(CryptoError) -> CertificateChain {
        try issue(try .server(hosts: hosts), days: days, now: now, keyType: keyType)
    }

    /// Issues a client certificate whose common name is `name`.
    public func issueClient(
        name: String, days: Int = 398, now: Int64, keyType: KeyType = .p256
    ) throws(CryptoError) -> CertificateChain {
        try issue(try .client(name: name), days: days, now: now, keyType: keyType)
    }

    /// Revokes certificates by their serial numbers, beside those of an earlier list.
    ///
    /// - Parameters:
    ///   - serialNumbers: in hexadecimal, as `Certificate.serialNumber` gives them.
    ///   - previous: the authority's list so far; throws when it is another authority's.
    ///   - days: how long the list counts.
    ///   - now: when the certificates are revoked.
    public func revoke(
        _ serialNumbers: [String], previous: RevocationList? = nil, days: Int = 30, now: Int64
    ) throws(CryptoError) -> RevocationList {
        try certificate.requireValid(at: now)
        return try RevocationListBuilder(
            authority: self, validity: try Validity(days: days, now: now)
        ).build(revoking: serialNumbers, at: now, previous: previous)
    }

    private func issue(
        _ profile: CertificateProfile, days: Int, now: Int64, keyType: KeyType
    ) throws(CryptoError) -> CertificateChain {
        try certificate.requireValid(at: now)
        let validity = try Validity(days: days, now: now).within(certificate)
        let key = try keyType.generate()
        let leaf = try CertificateBuilder(profile: profile, validity: validity)
            .build(subjectKey: key, issuer: (certificate, privateKey))
        return try CertificateChain(certificates: [leaf], privateKey: key)
    }
}
