/// HKDF with SHA-256 (RFC 5869) and the TLS 1.3 label form (RFC 8446 §7.1) with an empty context.
public enum HKDF {
    /// The most bytes that one expansion gives: 255 blocks of SHA-256.
    public static let maximumByteCount = 255 * Secret.byteCount

    /// Concentrates input key material into one secret.
    public static func extract(salt: [UInt8], inputKeyMaterial: [UInt8]) -> Secret {
        let saltBytes = salt.isEmpty ? [UInt8](repeating: 0, count: Secret.byteCount) : salt
        return saltBytes.withUnsafeBytes { HMACSHA256.authenticate(inputKeyMaterial, key: $0) }
    }

    /// Expands a secret to `count` bytes; empty when `count` is not in 1...8160.
    public static func expand(_ secret: Secret, info: [UInt8], count: Int) -> [UInt8] {
        guard count > 0, count <= maximumByteCount else { return [] }
        var output: [UInt8] = []
        output.reserveCapacity(count + Secret.byteCount)
        var block: [UInt8] = []
        var counter: UInt8 = 1
        while output.count < count {
            block = HMACSHA256.authenticate(block + info + [counter], key: secret)
            output += block
            counter &+= 1
        }
        output.removeLast(output.count - count)
        return output
    }

    /// Expands a secret to another secret; `label` has at most 249 bytes.
    public static func expandLabel(_ secret: Secret, _ label: String) -> Secret {
        guard let result = Secret(expandLabel(secret, label, count: Secret.byteCount)) else {
            preconditionFailure("an HKDF label has at most 249 bytes")
        }
        return result
    }

    /// Expands a secret to `count` bytes; empty when `count` is not in 1...8160 or `label` is
    /// longer than 249 bytes.
    public static func expandLabel(_ secret: Secret, _ label: String, count: Int) -> [UInt8] {
        let fullLabel = [UInt8](("tls13 " + label).utf8)
        guard let labelByteCount = UInt8(exactly: fullLabel.count), count > 0,
            count <= maximumByteCount
        else { return [] }
        let info = [UInt8(count >> 8), UInt8(count & 0xff), labelByteCount] + fullLabel + [0]
        return expand(secret, info: info, count: count)
    }
}
