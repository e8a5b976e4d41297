internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104).
public enum HMACSHA256 {
    /// The 32-byte authentication code of `message`.
    public static func authenticate(_ message: [UInt8], key: Secret) -> [UInt8] {
        key.withUnsafeBytes { authenticate(message, key: $0) }.bytes
    }

    static func authenticate(_ message: [UInt8], key: UnsafeRawBufferPointer) -> Secret {
        LibCrypto.initialise()
        return Secret(filledBy: { code in
            var byteCount: UInt32 = 0
            let result = HMAC(
                EVP_sha256(), key.baseAddress, Int32(clamping: key.count), message, message.count,
                code.bindMemory(to: UInt8.self).baseAddress, &byteCount)
            precondition(
                result != nil && byteCount == Secret.byteCount, "libcrypto refused an HMAC")
        })
    }
}
