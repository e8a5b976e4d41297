internal import COpenSSL

/// The verification of a chain that no handshake is about to verify.
struct ChainVerification {
    /// The leaf, then its issuers in any order.
    let chain: [Certificate]
    /// The authorities and revocation lists to judge by.
    let store: OpaquePointer?
    /// Which end the leaf is the certificate of.
    let side: TLSSide
    /// The name or address that the leaf is to have; nil leaves names alone.
    let host: String?
    /// The time of the verification in seconds since 1970.
    let now: Int64

    /// Nil when the policy accepts the chain, else the reason why not.
    func refusal(under trust: TrustPolicy) throws(CryptoError) -> CertificateRefusal? {
        guard let leaf = chain.first else {
            throw CryptoError(.notPEM, "there is no certificate to verify")
        }
        ErrorQueue.clear()
        guard let untrusted = OPENSSL_sk_new_null(), let verification = X509_STORE_CTX_new() else {
            throw CryptoError.library("verifying a certificate")
        }
        defer {
            X509_STORE_CTX_free(verification)
            OPENSSL_sk_free(untrusted)
            ErrorQueue.clear()
        }
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
            .refusal(under: trust)
    }
}
