internal import SUDPTransport

/// A chunk of nothing but zeros, which holes consist of.
enum ZeroChunk {
    static let bytes = [UInt8](repeating: 0, count: FileLimits.chunkByteCount)
    static let digest: [UInt8] = bytes.withUnsafeBytes { SHA256.digest(of: $0) }
}
