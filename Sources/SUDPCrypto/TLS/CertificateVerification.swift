internal import COpenSSL

/// One judgement of a peer's chain under a trust policy; libssl turns its code into the alert.
struct CertificateVerification {
    let chain: OpaquePointer
    let peer: Certificate
    let expectedName: String?

    /// Nil when the policy accepts the chain.
    func refusal(under trust: TrustPolicy) -> CertificateRefusal? {
        switch trust {
        case .unverified:
            return nil
        case .nothing:
            X509_STORE_CTX_set_error(chain, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY)
            return CertificateRefusal(.noTrust, "no authority, pin or exception says whom to trust")
        case .pins(let pins):
            guard !pins.contains(peer.publicKeyPin) else { return nil }
            X509_STORE_CTX_set_error(chain, X509_V_ERR_CERT_REJECTED)
            return CertificateRefusal(
                .wrongPin, "the public key of \(peer.subject) is not the pinned one")
        case .authorities:
            return X509_verify_cert(chain) == 1 ? nil : refusalByLibrary()
        }
    }

    private func refusalByLibrary() -> CertificateRefusal {
        let code = X509_STORE_CTX_get_error(chain)
        let subject = culprit.subject
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            let end = ASN1Time.text(unixSeconds: culprit.notAfter)
            return CertificateRefusal(
                .expired, "the certificate of \(subject) has expired (notAfter \(end))")
        case X509_V_ERR_CERT_NOT_YET_VALID:
            let start = ASN1Time.text(unixSeconds: culprit.notBefore)
            return CertificateRefusal(
                .notYetValid, "the certificate of \(subject) is not yet valid (notBefore \(start))"
            )
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            return CertificateRefusal(.wrongName, wrongNameReason)
        case X509_V_ERR_CERT_REVOKED:
            return CertificateRefusal(.revoked, "the certificate of \(subject) is revoked")
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
            X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
            return CertificateRefusal(
                .certificateUntrusted,
                "no trusted authority issued the certificate of \(subject) (\(words(code)))"
            )
        case X509_V_ERR_UNABLE_TO_GET_CRL, X509_V_ERR_CRL_NOT_YET_VALID,
            X509_V_ERR_CRL_HAS_EXPIRED, X509_V_ERR_CRL_SIGNATURE_FAILURE,
            X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER, X509_V_ERR_DIFFERENT_CRL_SCOPE:
            return CertificateRefusal(
                .revocationUnknown,
                "whether the certificate of \(subject) is revoked is unknown (\(words(code)))"
            )
        default:
            return CertificateRefusal(
                .certificateInvalid, "the certificate of \(subject) is refused: \(words(code))"
            )
        }
    }

    private var wrongNameReason: String {
        let names = peer.subjectAlternativeNames.prefix(8).map(\.value)
        let isFor = names.isEmpty ? "no name" : names.joined(separator: ", ")
        return "the certificate is for \(isFor) and not for \(expectedName ?? "this server")"
    }

    private var culprit: Certificate {
        guard let handle = X509_STORE_CTX_get_current_cert(chain) else { return peer }
        X509_up_ref(handle)
        return (try? Certificate(adopting: handle)) ?? peer
    }

    private func words(_ code: Int32) -> String {
        String(cString: X509_verify_cert_error_string(Int(code)))
    }
}
