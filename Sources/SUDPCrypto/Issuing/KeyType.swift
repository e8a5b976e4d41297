internal import COpenSSL

/// The kinds of key that certificates are made with.
public enum KeyType: Sendable, Hashable, CaseIterable {
    /// ECDSA on P-256; signatures vary in length by a byte or two.
    case p256
    /// Ed25519; signatures always have the same length.
    case ed25519

    func generate() throws(CryptoError) -> PrivateKey {
        LibCrypto.initialise()
        ErrorQueue.clear()
        let handle =
            switch self {
            case .p256: sudp_EVP_PKEY_generate_p256()
            case .ed25519: sudp_EVP_PKEY_generate_ed25519()
            }
        guard let handle else { throw CryptoError.library("making a key") }
        return PrivateKey(adopting: handle)
    }
}
