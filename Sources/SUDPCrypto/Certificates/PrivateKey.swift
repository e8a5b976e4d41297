internal import COpenSSL

/// A private key, never changed after it was read; its bytes leave only by `pem`.
public final class PrivateKey: @unchecked Sendable {
    let handle: OpaquePointer

    /// Reads the one unencrypted private key of a PEM text.
    public convenience init(pem: String) throws(CryptoError) {
        let text = try PEM.checked(pem)
        let labels = text.split(whereSeparator: \.isNewline).filter {
            $0.hasPrefix("-----BEGIN ") && $0.contains("PRIVATE KEY-----")
        }
        if labels.contains(where: { $0.contains("ENCRYPTED") }) || text.contains("4,ENCRYPTED") {
            throw CryptoError(
                .encryptedKey,
                "the private key is encrypted; decrypt it with openssl pkey -in KEY -out PLAIN")
        }
        guard !labels.isEmpty else {
            throw CryptoError(.notPEM, "the text holds no PEM block of a private key")
        }
        guard labels.count == 1 else {
            throw CryptoError(.severalKeys, "the text holds \(labels.count) private keys, not one")
        }
        let input = MemoryBIO(text)
        ErrorQueue.clear()
        guard
            let handle = PEM_read_bio_PrivateKey(input.handle, nil, { _, _, _, _ in 0 }, nil)
        else {
            let reason = ErrorQueue.takeReason() ?? "no reason given"
            throw CryptoError(.malformed, "the PEM block of the private key is broken: \(reason)")
        }
        ErrorQueue.clear()
        self.init(adopting: handle)
    }

    /// Takes over the caller's reference.
    init(adopting handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        EVP_PKEY_free(handle)
    }

    /// The key as one unencrypted PKCS #8 PEM block.
    public var pem: String {
        let output = MemoryBIO()
        PEM_write_bio_PrivateKey(output.handle, handle, nil, nil, 0, nil, nil)
        return output.readText()
    }

    /// Whether the key belongs to the certificate.
    public func matches(_ certificate: Certificate) -> Bool {
        defer { ErrorQueue.clear() }
        return X509_check_private_key(certificate.handle, handle) == 1
    }

    func sign(certificate: OpaquePointer) throws(CryptoError) {
        guard X509_sign(certificate, handle, signatureDigest) > 0 else {
            throw CryptoError.library("signing a certificate")
        }
    }

    func sign(revocationList: OpaquePointer) throws(CryptoError) {
        guard X509_CRL_sign(revocationList, handle, signatureDigest) > 0 else {
            throw CryptoError.library("signing a revocation list")
        }
    }

    // RFC 8410: Ed25519 and Ed448 hash the message themselves.
    private var signatureDigest: OpaquePointer? {
        let type = EVP_PKEY_get_base_id(handle)
        return type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448 ? nil : EVP_sha256()
    }
}
