internal import SUDPTransport
internal import SystemPackage

/// A file that arrives: where it goes, how far it is, what its chunks were.
final class IncomingFile {
    /// Where the bytes go.
    enum Sink {
        case part(PartFile)
        case output(PipeOutput)
        /// Nowhere: they are compared with a file that is there under this name.
        case comparison(name: String, wholeDigest: [UInt8], checksum: [UInt8]?)
    }

    /// What happens at the end with the name that it is to have.
    enum Goal {
        case create
        case replace
        /// Under this name with a number behind it where it is taken.
        case createNumbered
    }

    let announcement: FileAnnouncement
    let path: RelativePath
    let sink: Sink
    let goal: Goal
    /// The digests that were offered to the sender.
    var offered: [[UInt8]] = []
    /// Whether content may come now.
    var isStarted: Bool
    private(set) var position: UInt64 = 0
    /// The SHA-256 of the bytes, where it is wanted, once they are verified.
    private(set) var checksum: [UInt8]?
    private var hash: ContentHash?
    private var hasShortChunk = false

    init(
        _ announcement: FileAnnouncement, path: RelativePath, sink: Sink, goal: Goal,
        withChecksum: Bool
    ) {
        self.announcement = announcement
        self.path = path
        self.sink = sink
        self.goal = goal
        isStarted = !announcement.awaitsOffer
        if case .comparison(_, _, let checksum) = sink {
            self.checksum = checksum
            hash = ContentHash(withChecksum: false)
        } else {
            hash = ContentHash(withChecksum: withChecksum)
        }
    }

    var part: PartFile? {
        guard case .part(let part) = sink else { return nil }
        return part
    }

    /// What is said of a file that is there already under this name.
    static func note(sameAs name: String, _ path: RelativePath) -> String {
        name == path.name ? "already there" : "already there as \(name)"
    }

    /// Goes on behind chunks that are there.
    func start(atChunk count: UInt64) throws {
        guard !isStarted, count <= UInt64(offered.count) else {
            throw FileTransferFailure.protocolBroken("content begins where it was not offered")
        }
        isStarted = true
        try hashPrefix(offered.prefix(Int(count)))
        position = count &* UInt64(FileLimits.chunkByteCount)
        if announcement.hasKnownSize { position = min(position, announcement.size) }
        hasShortChunk = !position.isMultiple(of: UInt64(FileLimits.chunkByteCount))
        offered = []
        try part?.resize(to: position)
    }

    private func hashPrefix(_ digests: ArraySlice<[UInt8]>) throws(StoreFailure) {
        guard let part, hash?.hasChecksum == true else {
            for digest in digests { hash?.update(digest: digest) }
            return
        }
        try part.forEachChunk(digests, upTo: announcement.size) { chunk, digest in
            hash?.update(chunk, digest: digest)
        }
    }

    /// Takes the next chunk, which the sender gave this digest of.
    func take(_ bytes: UnsafeRawBufferPointer, digest: [UInt8]) throws {
        let isBeyond =
            announcement.hasKnownSize
            && UInt64(bytes.count) > announcement.size - min(position, announcement.size)
        guard isStarted, !hasShortChunk, (1...FileLimits.chunkByteCount).contains(bytes.count),
            !isBeyond
        else { throw FileTransferFailure.protocolBroken("more content than was announced") }
        guard SHA256.digest(of: bytes) == digest else {
            let number = position / UInt64(FileLimits.chunkByteCount)
            throw StoreFailure(.mismatch, "chunk \(number) is not what was sent")
        }
        hash?.update(bytes, digest: digest)
        try store(bytes)
        hasShortChunk = bytes.count < FileLimits.chunkByteCount
        position &+= UInt64(bytes.count)
    }

    private func storeHole(_ chunks: UInt64, end: UInt64) throws {
        switch sink {
        case .part(let part): try part.resize(to: end)
        case .output:
            for _ in 0..<chunks {
                try ZeroChunk.bytes.withUnsafeBytes(store)
            }
        case .comparison: break
        }
    }

    private func store(_ bytes: UnsafeRawBufferPointer) throws {
        switch sink {
        case .part(let part):
            try write(bytes, at: position, to: part)
            let end = position &+ UInt64(bytes.count)
            if announcement.isSparse, part.size < end { try part.resize(to: end) }
            if end.isMultiple(of: FileLimits.writeBackByteCount) { writeBack(part, upTo: end) }
        case .output(let output):
            do throws(Errno) { try output.write(ByteBlock(bytes)) } catch {
                if error == .brokenPipe { throw PipeFailure.outputClosed }
                throw StoreFailure(.cannotWrite, "cannot write \(output.name): \(error)")
            }
        case .comparison: break
        }
    }

    /// Keeps the disk busy; what a large file does not need any more leaves the memory, before it
    /// drives out everything else.
    private func writeBack(_ part: PartFile, upTo end: UInt64) {
        let step = FileLimits.writeBackByteCount
        part.startWriting(from: end - step, byteCount: step)
        if end > FileLimits.cachedByteCount {
            part.letGo(from: end - 3 * step, byteCount: step)
        }
    }

    /// Takes whole chunks of zeros, for as long as somebody waits for that.
    func takeHole(chunks: UInt64, while isWanted: () -> Bool) throws {
        let (byteCount, isTooMuch) = chunks.multipliedReportingOverflow(
            by: UInt64(FileLimits.chunkByteCount))
        guard isStarted, !isTooMuch, !hasShortChunk, announcement.hasKnownSize,
            chunks <= FileLimits.chunksPerHole,
            byteCount <= announcement.size - min(position, announcement.size)
        else { throw FileTransferFailure.protocolBroken("more content than was announced") }
        try storeHole(chunks, end: position &+ byteCount)
        try hash?.updateZeros(chunks: chunks, while: isWanted)
        position &+= byteCount
    }

    /// The digest of everything; throws when it is not what the sender gave.
    func verified(size: UInt64, digest: [UInt8]) throws(StoreFailure) -> [UInt8] {
        guard isStarted, position == size, !announcement.hasKnownSize || announcement.size == size
        else { throw StoreFailure(.mismatch, "\(position) bytes came instead of \(size)") }
        guard let own = hash.take()?.finalize(), own.digest == digest else {
            throw StoreFailure(.mismatch, "what came is not what was sent")
        }
        if let sum = own.checksum { checksum = sum }
        return own.digest
    }

    private func write(
        _ bytes: UnsafeRawBufferPointer, at offset: UInt64, to part: PartFile
    ) throws(StoreFailure) {
        guard announcement.isSparse else { return try part.write(bytes, at: offset) }
        let blockByteCount = 4096
        var start = 0
        while start < bytes.count {
            let misalignment = Int((offset &+ UInt64(start)) % UInt64(blockByteCount))
            let end = min(start + blockByteCount - misalignment, bytes.count)
            let block = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            if block.contains(where: { $0 != 0 }) {
                try part.write(block, at: offset &+ UInt64(start))
            }
            start = end
        }
    }
}
