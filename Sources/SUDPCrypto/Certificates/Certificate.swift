internal import COpenSSL

/// An X.509 certificate, never changed after it was read.
public final class Certificate: @unchecked Sendable {
    private static let maximumLineLength = 256

    /// The subject in one line of at most 256 printable ASCII characters.
    public let subject: String
    /// The issuer in one line of at most 256 printable ASCII characters.
    public let issuer: String
    /// The host names and addresses that the certificate is for.
    public let subjectAlternativeNames: [SubjectAlternativeName]
    /// The first second of its validity, in seconds since 1970.
    public let notBefore: Int64
    /// The end of its validity, in seconds since 1970; the certificate counts before it.
    public let notAfter: Int64
    /// The SHA-256 digest of the whole certificate.
    public let fingerprint: [UInt8]
    /// The SHA-256 digest of the SubjectPublicKeyInfo: what `--pin` compares.
    public let publicKeyPin: [UInt8]
    /// The serial number in lower-case hexadecimal.
    public let serialNumber: String

    let handle: OpaquePointer

    /// Reads the first certificate of a PEM text.
    public convenience init(pem: String) throws(CryptoError) {
        let first = try Self.bundle(pem: pem)[0]
        X509_up_ref(first.handle)
        try self.init(adopting: first.handle)
    }

    /// Reads every certificate of a PEM text, at least one, in order.
    public static func bundle(pem: String) throws(CryptoError) -> [Certificate] {
        try PEM.blocks(pem, of: "certificate") { input throws(CryptoError) in
            guard let handle = PEM_read_bio_X509(input, nil, { _, _, _, _ in 0 }, nil) else {
                return nil
            }
            return try Certificate(adopting: handle)
        }
    }

    /// Takes over the caller's reference.
    init(adopting handle: OpaquePointer) throws(CryptoError) {
        self.handle = handle
        guard let notBefore = ASN1Time.unixSeconds(X509_get0_notBefore(handle)),
            let notAfter = ASN1Time.unixSeconds(X509_get0_notAfter(handle)),
            let publicKey = Self.encodedPublicKey(of: handle)
        else {
            X509_free(handle)
            throw CryptoError(.malformed, "a certificate has no valid dates or no public key")
        }
        subject = Self.line(X509_get_subject_name(handle))
        issuer = Self.line(X509_get_issuer_name(handle))
        subjectAlternativeNames = SubjectAlternativeName.names(of: handle)
        self.notBefore = notBefore
        self.notAfter = notAfter
        fingerprint = Self.digest(of: handle)
        publicKeyPin = Digest.sha256(publicKey).bytes
        serialNumber = SerialNumber(X509_get0_serialNumber(handle)).hexadecimal
        ErrorQueue.clear()
    }

    deinit {
        X509_free(handle)
    }

    /// The certificate as one PEM block.
    public var pem: String {
        let output = MemoryBIO()
        PEM_write_bio_X509(output.handle, handle)
        return output.readText()
    }

    /// Whether the certificate may issue others by its basic constraints and key usage.
    public var isAuthority: Bool { X509_check_ca(handle) == 1 }

    /// Whether subject and issuer are the same name, as in a root certificate.
    public var isSelfIssued: Bool {
        X509_NAME_cmp(X509_get_subject_name(handle), X509_get_issuer_name(handle)) == 0
    }

    /// Throws when `now`, in seconds since 1970, is outside the validity.
    public func requireValid(at now: Int64) throws(CryptoError) {
        if now < notBefore {
            let start = ASN1Time.text(unixSeconds: notBefore)
            throw CryptoError(
                .notYetValid, "the certificate of \(subject) is not valid before \(start)")
        }
        if now >= notAfter {
            let end = ASN1Time.text(unixSeconds: notAfter)
            throw CryptoError(.expired, "the certificate of \(subject) has expired (\(end))")
        }
    }

    private static func line(_ name: OpaquePointer?) -> String {
        let output = MemoryBIO()
        sudp_X509_NAME_print_line(output.handle, name)
        return String(output.readText().prefix(maximumLineLength))
    }

    private static func encodedPublicKey(of handle: OpaquePointer) -> [UInt8]? {
        let publicKey = X509_get_X509_PUBKEY(handle)
        var encoding: UnsafeMutablePointer<UInt8>?
        let byteCount = Int(i2d_X509_PUBKEY(publicKey, &encoding))
        defer { CRYPTO_free(encoding, nil, 0) }
        guard byteCount > 0, let encoding else { return nil }
        return [UInt8](UnsafeBufferPointer(start: encoding, count: byteCount))
    }

    private static func digest(of handle: OpaquePointer) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Secret.byteCount)
        var byteCount: UInt32 = 0
        let isMade = X509_digest(handle, EVP_sha256(), &digest, &byteCount)
        precondition(isMade == 1 && byteCount == digest.count, "libcrypto refused SHA-256")
        return digest
    }
}

extension Certificate: Equatable {
    /// Whether both are the same certificate, byte for byte.
    public static func == (left: Certificate, right: Certificate) -> Bool {
        left.fingerprint == right.fingerprint
    }
}
