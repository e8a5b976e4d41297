/// HKDF with SHA-256 (RFC 5869) and the TLS 1.3 label form (RFC 8446 §7.1) with an empty context.
public enum HKDF {
    /// The most bytes that one expansion gives: 255 blocks of SHA-256.
    public static let maximumByteCount = 255 * Secret.byteCount

    private static let labelPrefix = "tls13 "

    /// Concentrates input key material into one secret.
    public static func extract(salt: [UInt8], inputKeyMaterial: [UInt8]) -> Secret {
        let saltBytes = salt.isEmpty ? [UInt8](repeating: 0, count: Secret.byteCount) : salt
        return saltBytes.withUnsafeBytes { HMACSHA256.authenticate(inputKeyMaterial, key: $0) }
    }

    /// Expands a secret to `count` bytes; empty when `count` is not in 1...8160.
    public static func expand(_ secret: Secret, info: [UInt8], count: Int) -> [UInt8] {
        guard count > 0, count <= maximumByteCount else { return [] }
        guard count > Secret.byteCount else {
            return firstBlock(secret, info: info).withUnsafeBytes { [UInt8]($0.prefix(count)) }
        }
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

    private static func firstBlock(_ secret: Secret, info: consuming [UInt8]) -> Secret {
        var message = info
        message.append(1)
        return secret.withUnsafeBytes { HMACSHA256.authenticate(message, key: $0) }
    }

    /// Expands a secret to another secret; `label` has at most 249 bytes.
    public static func expandLabel(_ secret: Secret, _ label: String) -> Secret {
        guard let info = info(label, count: Secret.byteCount) else {
            preconditionFailure("an HKDF label has at most 249 bytes")
        }
        return firstBlock(secret, info: info)
    }

    /// Expands a secret to `count` bytes; empty when `count` is not in 1...8160 or `label` is
    /// longer than 249 bytes.
    public static func expandLabel(_ secret: Secret, _ label: String, count: Int) -> [UInt8] {
        info(label, count: count).map { expand(secret, info: $0, count: count) } ?? []
    }

    private static func info(_ label: String, count: Int) -> [UInt8]? {
        let labelByteCount = labelPrefix.utf8.count + label.utf8.count
        guard let encodedLabelByteCount = UInt8(exactly: labelByteCount), count > 0,
            count <= maximumByteCount
        else { return nil }
        var info: [UInt8] = []
        info.reserveCapacity(labelByteCount + 5)
        info.append(UInt8(count >> 8))
        info.append(UInt8(count & 0xff))
        info.append(encodedLabelByteCount)
        info.append(contentsOf: labelPrefix.utf8)
        info.append(contentsOf: label.utf8)
        info.append(0)
        return info
    }
}
