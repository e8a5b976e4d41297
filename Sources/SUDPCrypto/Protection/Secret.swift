/// A 32-byte key or key derivation secret, held inline; its bytes never appear in a description.
public struct Secret: Sendable, Equatable {
    /// The length of every secret in bytes.
    public static let byteCount = 32

    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Copies 32 bytes, or is nil for any other count.
    public init?(_ bytes: [UInt8]) {
        guard let secret = bytes.withUnsafeBytes({ Secret($0) }) else { return nil }
        self = secret
    }

    /// Copies 32 bytes, or is nil for any other count.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
    }

    init(filledBy fill: (UnsafeMutableRawBufferPointer) -> Void) {
        withUnsafeMutableBytes(of: &words) { fill($0) }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// Compares in a time that does not depend on the bytes.
    public static func == (left: Secret, right: Secret) -> Bool {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in ConstantTime.equal(left, right) }
        }
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Swift.withUnsafeBytes(of: words, body)
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    /// A text without the bytes.
    public var description: String { "Secret" }

    /// A mirror without the bytes.
    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}
