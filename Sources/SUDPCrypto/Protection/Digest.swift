internal import COpenSSL

/// SHA-256 of bytes in memory.
enum Digest {
    static func sha256(_ bytes: [UInt8]) -> Secret {
        LibCrypto.initialise()
        return Secret(filledBy: { digest in
            let result = COpenSSL.SHA256(
                bytes, bytes.count, digest.bindMemory(to: UInt8.self).baseAddress)
            precondition(result != nil, "libcrypto refused SHA-256")
        })
    }
}
