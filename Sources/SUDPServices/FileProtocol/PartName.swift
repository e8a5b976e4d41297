internal import SUDPTransport

/// The hidden name under which a file grows until it is complete.
enum PartName {
    private static let suffix = ".sudp-part"

    /// The name that a file of this name grows under, in the same directory.
    static func of(_ name: String) -> String {
        let part = "." + name + suffix
        guard part.utf8.count > FileLimits.nameByteCount else { return part }
        let digest = Array(name.utf8).withUnsafeBytes { SHA256.digest(of: $0) }
        return "." + digest.map { hexadecimal($0) }.joined() + suffix
    }

    /// Whether a name is kept for such files.
    static func isReserved(_ name: String) -> Bool {
        name.hasPrefix(".") && name.hasSuffix(suffix)
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        String(byte >> 4, radix: 16) + String(byte & 0xf, radix: 16)
    }
}
