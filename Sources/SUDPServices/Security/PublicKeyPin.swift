/// The SHA-256 of a public key in words: `sha256:` and 64 lower-case hexadecimal digits.
public enum PublicKeyPin {
    static let prefix = "sha256:"

    /// The pin as it is printed.
    public static func text(_ digest: [UInt8]) -> String {
        prefix + digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The digest that a pin stands for; nil where it is no pin.
    public static func digest(_ text: String) -> [UInt8]? {
        guard text.hasPrefix(prefix) else { return nil }
        let digits = text.utf8.dropFirst(prefix.utf8.count).compactMap(Self.value)
        guard digits.count == 64, text.utf8.count == prefix.utf8.count + 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
