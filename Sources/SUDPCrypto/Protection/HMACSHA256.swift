internal import CPacketProtection

/// HMAC with SHA-256 (RFC 2104).
public enum HMACSHA256 {
    /// The 32-byte authentication code of `message`.
    public static func authenticate(_ message: [UInt8], key: Secret) -> [UInt8] {
        key.withUnsafeBytes { authenticate(message, key: $0) }.bytes
    }

    /// The 32-byte authentication code of `message` by a key of any length.
    public static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        key.withUnsafeBytes { authenticate(message, key: $0) }.bytes
    }

    static func authenticate(_ message: [UInt8], key: UnsafeRawBufferPointer) -> Secret {
        Secret(filledBy: { code in
            let isMade = sudp_hmac_sha256(
                key.bindMemory(to: UInt8.self).baseAddress, key.count, message, message.count,
                code.bindMemory(to: UInt8.self).baseAddress)
            precondition(isMade == 1, "there is no memory for an HMAC")
        })
    }
}
