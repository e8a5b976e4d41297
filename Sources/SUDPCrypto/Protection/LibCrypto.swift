internal import COpenSSL

/// The process-wide state of libcrypto: no configuration file is read, algorithms are fetched once.
enum LibCrypto {
    // The first initialisation decides for the process whether openssl.cnf has a say.
    private static let isInitialised: Bool =
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1
        && OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1

    nonisolated(unsafe) private static let ecb: OpaquePointer? = fetch("AES-256-ECB")
    nonisolated(unsafe) private static let ctr: OpaquePointer? = fetch("AES-256-CTR")

    /// SHA-256; `EVP_sha256()` would be looked up by its name at every use.
    nonisolated(unsafe) static let sha256: OpaquePointer? = {
        initialise()
        return EVP_MD_fetch(nil, "SHA256", nil)
    }()

    enum Cipher {
        case aes256ECB
        case aes256CTR
    }

    static func initialise() {
        precondition(isInitialised, "libcrypto could not be initialised")
    }

    /// A keyed context; the caller frees it.
    static func makeContext(
        _ cipher: Cipher, key: Secret, initialVector: [UInt8]? = nil
    ) -> OpaquePointer {
        let algorithm =
            switch cipher {
            case .aes256ECB: ecb
            case .aes256CTR: ctr
            }
        guard let algorithm, let context = EVP_CIPHER_CTX_new() else {
            preconditionFailure("libcrypto has no memory for a cipher context or no AES-256")
        }
        let isReady = key.withUnsafeBytes { key in
            EVP_EncryptInit_ex2(
                context, algorithm, key.bindMemory(to: UInt8.self).baseAddress, initialVector,
                nil) == 1
        }
        precondition(isReady, "libcrypto refused an AES-256 key")
        return context
    }

    private static func fetch(_ name: String) -> OpaquePointer? {
        initialise()
        return EVP_CIPHER_fetch(nil, name, nil)
    }
}
