internal import COpenSSL

/// The SHA-256 digest (FIPS 180-4) of bytes that come in pieces.
///
/// libcrypto computes it, with the processor's instructions for it where there are some.
public struct SHA256: ~Copyable {
    /// The length of a digest.
    public static let byteCount = 32

    private let context: OpaquePointer

    /// Begins with no bytes.
    public init() {
        guard let context = EVP_MD_CTX_new(),
            EVP_DigestInit_ex2(context, LibCrypto.sha256, nil) == 1
        else { preconditionFailure("libcrypto has no memory for SHA-256") }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        precondition(
            EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1,
            "libcrypto refused SHA-256")
    }

    /// Takes the next bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest of all bytes taken.
    public consuming func finalize() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        precondition(
            EVP_DigestFinal_ex(context, &digest, nil) == 1, "libcrypto refused SHA-256")
        return digest
    }

    /// The digest of bytes that are all there.
    public static func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }
}
