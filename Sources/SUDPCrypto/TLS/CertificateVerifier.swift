internal import COpenSSL

/// The verification of a handshake without one: authorities and revocation lists to judge by.
public struct CertificateVerifier: Sendable {
    private let authorities: [Certificate]
    private let revocationLists: [String]

    /// Takes the trusted authorities and the PEM texts of revocation lists; when there are any,
    /// every certificate of a chain needs a current list of its issuer that does not name it.
    public init(authorities: [Certificate], revocationLists: [String] = []) {
        self.authorities = authorities
        self.revocationLists = revocationLists
    }

    /// Nil when a peer would accept the chain, else the reason why not.
    ///
    /// - Parameters:
    ///   - chain: the leaf, then its issuers in any order.
    ///   - side: which end the leaf is the certificate of.
    ///   - host: the name or address that a server is to have; nil leaves names alone.
    ///   - now: the time of the verification in seconds since 1970.
    public func refusal(
        of chain: [Certificate], as side: TLSSide, host: String? = nil, now: Int64
    ) throws(CryptoError) -> CertificateRefusal? {
        guard let store = X509_STORE_new() else {
            throw CryptoError.library("verifying a certificate")
        }
        defer { X509_STORE_free(store) }
        try VerificationSettings.trust(authorities, in: store)
        try VerificationSettings.add(revocationLists: revocationLists, to: store)
        return try ChainVerification(chain: chain, store: store, side: side, host: host, now: now)
            .refusal(under: .authorities(authorities))
    }
}
