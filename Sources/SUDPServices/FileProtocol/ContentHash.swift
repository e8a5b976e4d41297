internal import SUDPTransport

/// The digest of a file in this protocol, which is one of its chunks' digests, and, where somebody
/// wants it, the SHA-256 of its bytes.
struct ContentHash: ~Copyable {
    private var digests = SHA256()
    private var bytes: SHA256?

    init(withChecksum: Bool) {
        bytes = withChecksum ? SHA256() : nil
    }

    var hasChecksum: Bool { bytes != nil }

    /// Takes the next chunk, of which this is the digest.
    mutating func update(_ chunk: UnsafeRawBufferPointer, digest: [UInt8]) {
        digests.update(digest)
        bytes?.update(chunk)
    }

    /// Takes the next chunk of which only the digest is wanted.
    mutating func update(digest: [UInt8]) {
        digests.update(digest)
    }

    /// Takes whole chunks of zeros; a few bytes of a peer may stand for very many.
    ///
    /// Throws `CancellationError` when they are not wanted any more.
    mutating func updateZeros(chunks: UInt64, while isWanted: () -> Bool = { true }) throws {
        for _ in 0..<chunks { digests.update(ZeroChunk.digest) }
        guard hasChecksum else { return }
        for _ in 0..<chunks {
            guard isWanted() else { throw CancellationError() }
            bytes?.update(ZeroChunk.bytes)
        }
    }

    consuming func finalize() -> (digest: [UInt8], checksum: [UInt8]?) {
        let checksum = bytes.take()?.finalize()
        return (digests.finalize(), checksum)
    }
}
