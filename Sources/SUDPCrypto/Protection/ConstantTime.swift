internal import COpenSSL

/// Comparisons whose time depends on the counts only.
public enum ConstantTime {
    /// Whether both arrays hold the same bytes.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.withUnsafeBytes { left in right.withUnsafeBytes { equal(left, $0) } }
    }

    /// Whether both buffers hold the same bytes.
    public static func equal(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
    ) -> Bool {
        guard left.count == right.count else { return false }
        guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else {
            return true
        }
        return CRYPTO_memcmp(leftBase, rightBase, left.count) == 0
    }
}
