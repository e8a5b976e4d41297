internal import COpenSSL

/// Randomness of the operating system by way of libcrypto.
public enum SystemEntropy {
    /// A fresh 32-byte seed; throws when the system has none to give.
    public static func seed() throws(CryptoError) -> Secret {
        LibCrypto.initialise()
        var isFilled = false
        let secret = Secret(filledBy: { bytes in
            isFilled =
                RAND_bytes(
                    bytes.bindMemory(to: UInt8.self).baseAddress, Int32(bytes.count)) == 1
        })
        guard isFilled else {
            throw CryptoError(.randomnessUnavailable, "the system gives no random bytes")
        }
        return secret
    }
}
