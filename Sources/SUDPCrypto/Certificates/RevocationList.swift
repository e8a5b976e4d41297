internal import COpenSSL

/// A certificate revocation list (RFC 5280 §5), never changed after it was read.
public final class RevocationList: @unchecked Sendable {
    let handle: OpaquePointer

    /// Reads every revocation list of a PEM text, at least one, in order.
    public static func bundle(pem: String) throws(CryptoError) -> [RevocationList] {
        try PEM.blocks(pem, of: "revocation list") { input in
            PEM_read_bio_X509_CRL(input, nil, { _, _, _, _ in 0 }, nil)
                .map { RevocationList(adopting: $0) }
        }
    }

    /// Takes over the caller's reference.
    init(adopting handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        X509_CRL_free(handle)
    }

    /// The list as one PEM block.
    public var pem: String {
        let output = MemoryBIO()
        PEM_write_bio_X509_CRL(output.handle, handle)
        return output.readText()
    }

    /// The serial numbers of the revoked certificates in hexadecimal, sorted.
    public var serialNumbers: [String] {
        revocations.keys.map(\.hexadecimal).sorted()
    }

    /// The end of its validity, in seconds since 1970; nil when it has none.
    public var nextUpdate: Int64? {
        ASN1Time.unixSeconds(X509_CRL_get0_nextUpdate(handle))
    }

    /// Whether the certificate's key signed the list.
    public func isSigned(by authority: Certificate) -> Bool {
        defer { ErrorQueue.clear() }
        return X509_CRL_verify(handle, X509_get0_pubkey(authority.handle)) == 1
    }

    var revocations: [SerialNumber: Int64] {
        var revocations: [SerialNumber: Int64] = [:]
        guard let entries = X509_CRL_get_REVOKED(handle) else { return [:] }
        for index in 0..<max(0, OPENSSL_sk_num(entries)) {
            guard let value = OPENSSL_sk_value(entries, index) else { continue }
            let entry = OpaquePointer(value)
            let serial = SerialNumber(X509_REVOKED_get0_serialNumber(entry))
            revocations[serial] = ASN1Time.unixSeconds(X509_REVOKED_get0_revocationDate(entry))
        }
        return revocations
    }
}
