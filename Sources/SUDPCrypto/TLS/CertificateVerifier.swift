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
        guard let leaf = chain.first else {
            throw CryptoError(.notPEM, "there is no certificate to verify")
        }
        ErrorQueue.clear()
        guard let store = X509_STORE_new(), let untrusted = OPENSSL_sk_new_null(),
            let verification = X509_STORE_CTX_new()
        else { throw CryptoError.library("verifying a certificate") }
        defer {
            X509_STORE_CTX_free(verification)
            OPENSSL_sk_free(untrusted)
            X509_STORE_free(store)
            ErrorQueue.clear()
        }
        try VerificationSettings.trust(authorities, in: store)
        try VerificationSettings.add(revocationLists: revocationLists, to: store)
        for issuer in chain.dropFirst() {
            OPENSSL_sk_push(untrusted, UnsafeRawPointer(issuer.handle))
        }
        guard X509_STORE_CTX_init(verification, store, leaf.handle, untrusted) == 1,
            X509_STORE_CTX_set_default(
                verification, side == .server ? "ssl_server" : "ssl_client") == 1
        else { throw CryptoError.library("verifying a certificate") }
        let parameters = X509_STORE_CTX_get0_param(verification)
        X509_VERIFY_PARAM_set_time(parameters, time_t(now))
        X509_VERIFY_PARAM_set_depth(parameters, VerificationSettings.maximumChainDepth)
        X509_VERIFY_PARAM_set_auth_level(parameters, VerificationSettings.securityLevel)
        if let host {
            try VerificationSettings.expect(try SubjectAlternativeName(host: host), in: parameters)
        }
        return CertificateVerification(chain: verification, peer: leaf, expectedName: host)
            .refusal(under: .authorities(authorities))
    }
}
