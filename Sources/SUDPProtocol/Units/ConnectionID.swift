/// A connection ID of RFC 8999 §5.3: 0 to 20 bytes, chosen by the side that receives by it.
@frozen public struct ConnectionID: Hashable, Sendable {
    /// The longest connection ID of this protocol version, in bytes.
    public static let maximumByteCount = 20

    let high: UInt64
    let middle: UInt64
    let low: UInt64

    /// The length in bytes, 0 to 20.
    public var byteCount: Int { Int(low >> 56) }

    /// Makes a connection ID; nil when there are more than 20 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count <= Self.maximumByteCount else { return nil }
        var words: (UInt64, UInt64, UInt64) = (0, 0, UInt64(bytes.count) << 56)
        var index = 0
        for byte in bytes {
            let shifted = UInt64(byte) << UInt64(56 - 8 * (index % 8))
            switch index / 8 {
            case 0: words.0 |= shifted
            case 1: words.1 |= shifted
            default: words.2 |= shifted >> 8
            }
            index += 1
        }
        (high, middle, low) = words
    }

    /// Makes an 8-byte connection ID from its big-endian value.
    public init(value: UInt64) {
        high = value
        middle = 0
        low = 8 << 56
    }

    /// The bytes, first on the wire first.
    public var bytes: [UInt8] {
        (0..<byteCount).map { index in
            switch index / 8 {
            case 0: UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
            case 1: UInt8(truncatingIfNeeded: middle >> UInt64(56 - 8 * (index - 8)))
            default: UInt8(truncatingIfNeeded: low >> UInt64(48 - 8 * (index - 16)))
            }
        }
    }
}
