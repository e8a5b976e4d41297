internal import SUDPTransport

/// A chunk in the form in which it is sent: header, file, bytes, digest.
enum ContentBlock {
    static let prefixByteCount = Message.headerByteCount + 4

    /// Makes the message of a chunk of `byteCount` bytes, which `fill` reads; the digest with it.
    static func make(
        id: UInt32, byteCount: Int,
        fill: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Void
    ) throws(FileProblem) -> (block: ByteBlock, digest: [UInt8]) {
        let block = ByteBlock(capacity: prefixByteCount + byteCount + SHA256.byteCount)
        var fields = FieldWriter()
        fields.write(
            raw: Message.header(
                type: FileMessage.Kind.content.rawValue,
                bodyByteCount: 4 + byteCount + SHA256.byteCount))
        fields.write(id)
        append(fields.bytes, to: block)
        var problem: FileProblem?
        block.append { buffer in
            do throws(FileProblem) {
                try fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<byteCount]))
            } catch {
                problem = error
            }
            return byteCount
        }
        if let problem { throw problem }
        let digest = block.withUnsafeBytes {
            SHA256.digest(of: UnsafeRawBufferPointer(rebasing: $0[prefixByteCount...]))
        }
        append(digest, to: block)
        return (block, digest)
    }

    /// Hands out the bytes of a block that was made.
    static func withContent(of block: ByteBlock, _ body: (UnsafeRawBufferPointer) -> Void) {
        block.withUnsafeBytes { bytes in
            body(
                UnsafeRawBufferPointer(
                    rebasing: bytes[prefixByteCount..<(bytes.count - SHA256.byteCount)]))
        }
    }

    private static func append(_ bytes: [UInt8], to block: ByteBlock) {
        block.append { buffer in
            buffer.copyBytes(from: bytes)
            return bytes.count
        }
    }
}
