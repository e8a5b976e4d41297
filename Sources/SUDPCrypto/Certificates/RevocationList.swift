internal import COpenSSL

/// A certificate revocation list (RFC 5280 §5), never changed after it was read.
final class RevocationList: @unchecked Sendable {
    let handle: OpaquePointer

    /// Reads every revocation list of a PEM text, at least one.
    static func all(pem: String) throws(CryptoError) -> [RevocationList] {
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
}
