/// The SHA-256 digest of a public key, as people pass it on: `sha256:` and 64 hexadecimal digits.
public struct PublicKeyPin: Hashable, Sendable {
    private static let prefix = "sha256:"
    private static let byteCount = 32

    /// The 32 bytes of the digest.
    public let digest: [UInt8]

    /// Makes a pin of a digest; nil when it has not 32 bytes.
    public init?(digest: [UInt8]) {
        guard digest.count == Self.byteCount else { return nil }
        self.digest = digest
    }

    /// Reads a pin; nil for any other text.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let digits = text.utf8.dropFirst(Self.prefix.utf8.count).map { Self.value(of: $0) }
        guard digits.count == 2 * Self.byteCount else { return nil }
        var digest: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            digest.append(high << 4 | low)
        }
        self.digest = digest
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension PublicKeyPin: CustomStringConvertible {
    /// The pin as text, in lower case.
    public var description: String {
        digest.reduce(into: Self.prefix) { text, byte in
            text += String(byte >> 4, radix: 16) + String(byte & 0xf, radix: 16)
        }
    }
}
