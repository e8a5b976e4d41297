internal import COpenSSL

/// What verification by libcrypto is told, in a handshake and outside of one.
enum VerificationSettings {
    static let maximumChainDepth: Int32 = 8
    static let securityLevel: Int32 = 2

    /// Every certificate given is an anchor, self-signed or not.
    static func trust(
        _ authorities: [Certificate], in store: OpaquePointer?
    ) throws(CryptoError) {
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        for authority in authorities where X509_STORE_add_cert(store, authority.handle) != 1 {
            throw CryptoError.library("trusting \(authority.subject)")
        }
    }

    /// With any list, every certificate of a chain needs a current list of its issuer.
    static func add(
        revocationLists texts: [String], to store: OpaquePointer?
    ) throws(CryptoError) {
        guard !texts.isEmpty else { return }
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
        for text in texts {
            for list in try RevocationList.bundle(pem: text)
            where X509_STORE_add_crl(store, list.handle) != 1 {
                throw CryptoError.library("using a revocation list")
            }
        }
    }

    // RFC 9525 §6.3: a wildcard is a whole label, and the common name is no host name.
    static func expect(
        _ name: SubjectAlternativeName, in parameters: OpaquePointer?
    ) throws(CryptoError) {
        let isSet: Bool
        switch name {
        case .ipAddress(let address):
            isSet = X509_VERIFY_PARAM_set1_ip_asc(parameters, address) == 1
        case .dnsName(let host):
            let flags =
                X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
            X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(flags))
            isSet = X509_VERIFY_PARAM_set1_host(parameters, host, 0) == 1
        }
        guard isSet else { throw CryptoError.library("verifying the name \(name.value)") }
    }
}
