internal import COpenSSL

/// Makes and signs one version 2 revocation list; its number is the time it was made.
struct RevocationListBuilder {
    private static let version2 = 1

    let authority: CertificateAuthority
    let validity: Validity

    func build(
        revoking serialNumbers: [String], at now: Int64, previous: RevocationList?
    ) throws(CryptoError) -> RevocationList {
        LibCrypto.initialise()
        ErrorQueue.clear()
        guard let handle = X509_CRL_new() else {
            throw CryptoError.library("making a revocation list")
        }
        let list = RevocationList(adopting: handle)
        var revocations: [SerialNumber: Int64] = [:]
        for text in serialNumbers {
            guard let serial = SerialNumber(hexadecimal: text) else {
                let shown = PrintableText.escaped([UInt8](text.utf8.prefix(64)))
                throw CryptoError(.malformed, "\"\(shown)\" is not a hexadecimal serial number")
            }
            revocations[serial] = now
        }
        if let previous {
            guard previous.isSigned(by: authority.certificate) else {
                throw CryptoError(
                    .notAuthority,
                    "the revocation list is not one of \(authority.certificate.subject)")
            }
            revocations.merge(previous.revocations) { _, earlier in earlier }
        }
        try setFields(of: handle, number: now)
        for (serial, time) in revocations {
            try add(serial, revokedAt: time, to: handle)
        }
        X509_CRL_sort(handle)
        try authority.privateKey.sign(revocationList: handle)
        return list
    }

    private func setFields(of handle: OpaquePointer, number: Int64) throws(CryptoError) {
        let issuer = authority.certificate.handle
        let bigEndianNumber = withUnsafeBytes(of: UInt64(clamping: number).bigEndian, [UInt8].init)
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, nil, nil, handle, 0)
        guard
            let identifier = X509V3_EXT_conf_nid(
                nil, &context, NID_authority_key_identifier, "keyid")
        else { throw CryptoError.library("naming the issuer of a revocation list") }
        defer { X509_EXTENSION_free(identifier) }
        let isSet =
            X509_CRL_set_version(handle, Self.version2) == 1
            && X509_CRL_set_issuer_name(handle, X509_get_subject_name(issuer)) == 1
            && ASN1Time.with(unixSeconds: validity.notBefore) {
                X509_CRL_set1_lastUpdate(handle, $0) == 1
            }
            && ASN1Time.with(unixSeconds: validity.notAfter) {
                X509_CRL_set1_nextUpdate(handle, $0) == 1
            }
            && X509_CRL_add_ext(handle, identifier, -1) == 1
            && SerialNumber(bytes: bigEndianNumber).withUnsafeInteger {
                X509_CRL_add1_ext_i2d(handle, NID_crl_number, $0, 0, 0) == 1
            }
        guard isSet else { throw CryptoError.library("filling in a revocation list") }
    }

    private func add(
        _ serial: SerialNumber, revokedAt time: Int64, to handle: OpaquePointer
    ) throws(CryptoError) {
        guard let entry = X509_REVOKED_new() else {
            throw CryptoError.library("adding to a revocation list")
        }
        let isFilled =
            serial.withUnsafeInteger { X509_REVOKED_set_serialNumber(entry, $0) == 1 }
            && ASN1Time.with(unixSeconds: time) { X509_REVOKED_set_revocationDate(entry, $0) == 1 }
        guard isFilled, X509_CRL_add0_revoked(handle, entry) == 1 else {
            X509_REVOKED_free(entry)
            throw CryptoError.library("adding to a revocation list")
        }
    }
}
