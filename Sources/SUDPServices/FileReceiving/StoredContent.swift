internal import CLinuxFiles
internal import Glibc
internal import SUDPTransport

/// What files on the disk hold, as digests.
enum StoredContent {
    /// The digests of the chunks of a file; fewer when it cannot be read to the end.
    static func digests(of descriptor: Int32, size: UInt64) -> [[UInt8]] {
        let chunkByteCount = UInt64(FileLimits.chunkByteCount)
        var buffer = [UInt8](repeating: 0, count: FileLimits.chunkByteCount)
        var digests: [[UInt8]] = []
        var offset: UInt64 = 0
        while offset < size {
            let byteCount = min(chunkByteCount, size - offset)
            if byteCount == chunkByteCount, isHole(descriptor, at: offset) {
                digests.append(ZeroChunk.digest)
            } else {
                guard fill(&buffer, Int(byteCount), from: descriptor, at: offset) else { break }
                digests.append(
                    buffer.withUnsafeBytes {
                        SHA256.digest(of: UnsafeRawBufferPointer(rebasing: $0[..<Int(byteCount)]))
                    })
            }
            offset += byteCount
        }
        return digests
    }

    /// Hands out the first chunks of a file, which must have these digests, with their offsets.
    static func forEachChunk(
        _ digests: ArraySlice<[UInt8]>, of descriptor: Int32, upTo size: UInt64,
        _ body: (UnsafeRawBufferPointer, _ digest: [UInt8], UInt64) throws(StoreFailure) -> Void
    ) throws(StoreFailure) {
        var buffer = [UInt8](repeating: 0, count: FileLimits.chunkByteCount)
        var offset: UInt64 = 0
        for digest in digests {
            let byteCount = Int(min(UInt64(buffer.count), size - min(offset, size)))
            var failure: StoreFailure? = StoreFailure(
                .mismatch, "the file of that name changed meanwhile")
            if fill(&buffer, byteCount, from: descriptor, at: offset) {
                buffer.withUnsafeBytes { memory in
                    let chunk = UnsafeRawBufferPointer(rebasing: memory[..<byteCount])
                    guard SHA256.digest(of: chunk) == digest else { return }
                    failure = nil
                    do throws(StoreFailure) { try body(chunk, digest, offset) } catch {
                        failure = error
                    }
                }
            }
            if let failure { throw failure }
            offset += UInt64(byteCount)
        }
    }

    /// The digest over the digests of a file's chunks.
    static func whole(_ digests: [[UInt8]]) -> [UInt8] {
        var hash = SHA256()
        for digest in digests { hash.update(digest) }
        return hash.finalize()
    }

    private static func isHole(_ descriptor: Int32, at offset: UInt64) -> Bool {
        let data = sudp_seek_data(descriptor, off_t(clamping: offset))
        if data < 0 { return errno == ENXIO }
        return UInt64(clamping: data) >= offset + UInt64(FileLimits.chunkByteCount)
    }

    private static func fill(
        _ buffer: inout [UInt8], _ byteCount: Int, from descriptor: Int32, at offset: UInt64
    ) -> Bool {
        buffer.withUnsafeMutableBytes { memory in
            var done = 0
            while done < byteCount {
                let rest = UnsafeMutableRawBufferPointer(rebasing: memory[done..<byteCount])
                let count = pread(
                    descriptor, rest.baseAddress, rest.count, off_t(clamping: offset) + done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }
}
