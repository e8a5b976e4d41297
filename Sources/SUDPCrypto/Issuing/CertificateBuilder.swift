internal import COpenSSL

/// Makes and signs one X.509 version 3 certificate.
struct CertificateBuilder {
    private static let version3 = 2

    let profile: CertificateProfile
    let validity: Validity

    /// A certificate of `subjectKey` signed by `issuer`, or by its own key when there is none.
    func build(
        subjectKey: PrivateKey, issuer: (certificate: Certificate, key: PrivateKey)?
    ) throws(CryptoError) -> Certificate {
        LibCrypto.initialise()
        ErrorQueue.clear()
        guard let handle = X509_new() else { throw CryptoError.library("making a certificate") }
        var isBuilt = false
        defer {
            if !isBuilt {
                X509_free(handle)
            }
        }
        try setFields(of: handle, subjectKey: subjectKey, issuer: issuer?.certificate)
        try addExtensions(to: handle, issuer: issuer?.certificate)
        try (issuer?.key ?? subjectKey).sign(certificate: handle)
        isBuilt = true
        // libcrypto keeps the encoding of what it read, and makes that of what it built every time.
        return try Certificate(pem: try Certificate(adopting: handle).pem)
    }

    private func setFields(
        of handle: OpaquePointer, subjectKey: PrivateKey, issuer: Certificate?
    ) throws(CryptoError) {
        let subject = X509_get_subject_name(handle)
        let commonName = [UInt8](profile.commonName.utf8)
        let serial = try SerialNumber.random()
        let isSet =
            X509_set_version(handle, Self.version3) == 1
            && serial.withUnsafeInteger { X509_set_serialNumber(handle, $0) == 1 }
            && X509_NAME_add_entry_by_NID(
                subject, NID_commonName, MBSTRING_UTF8, commonName,
                Int32(clamping: commonName.count), -1, 0) == 1
            && X509_set_issuer_name(
                handle, issuer.map { X509_get_subject_name($0.handle) } ?? subject) == 1
            && ASN1Time.with(unixSeconds: validity.notBefore) {
                X509_set1_notBefore(handle, $0) == 1
            }
            && ASN1Time.with(unixSeconds: validity.notAfter) {
                X509_set1_notAfter(handle, $0) == 1
            }
            && X509_set_pubkey(handle, subjectKey.handle) == 1
        guard isSet else { throw CryptoError.library("filling in a certificate") }
    }

    private func addExtensions(
        to handle: OpaquePointer, issuer: Certificate?
    ) throws(CryptoError) {
        var extensions: [(Int32, String)]
        switch profile.role {
        case .authority:
            extensions = [
                (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"),
                (NID_key_usage, "critical,keyCertSign,cRLSign"),
            ]
        case .server, .client:
            extensions = [
                (NID_basic_constraints, "critical,CA:FALSE"),
                (NID_key_usage, "critical,digitalSignature"),
                (NID_ext_key_usage, profile.role == .server ? "serverAuth" : "clientAuth"),
            ]
        }
        extensions.append((NID_subject_key_identifier, "hash"))
        if issuer != nil {
            extensions.append((NID_authority_key_identifier, "keyid"))
        }
        for (type, value) in extensions {
            try add(type, value, to: handle, issuer: issuer)
        }
        if !profile.alternativeNames.isEmpty {
            try SubjectAlternativeName.add(profile.alternativeNames, to: handle)
        }
    }

    private func add(
        _ type: Int32, _ value: String, to handle: OpaquePointer, issuer: Certificate?
    ) throws(CryptoError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer?.handle ?? handle, handle, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, type, value) else {
            throw CryptoError.library("making a certificate extension")
        }
        defer { X509_EXTENSION_free(made) }
        guard X509_add_ext(handle, made, -1) == 1 else {
            throw CryptoError.library("adding a certificate extension")
        }
    }
}
