internal import SUDPTransport

/// Sends what is in a file: chunks, holes, and the digest of it all.
struct ContentSender {
    let writer: MessageWriter
    let state: BlockingState<SendingState>
    let progress: TransferProgress
    let wantsChecksums: Bool

    /// Sends a file from the first chunk on that the receiver does not have; `offered` has the
    /// digests of those that it has.
    func send(_ file: SourceFile, _ id: UInt32, offered: [[UInt8]]?) throws {
        progress.update { $0.path = file.path.local }
        var hash = ContentHash(withChecksum: wantsChecksums)
        var chunk: UInt64 = 0
        if let offered {
            chunk = try countEqual(file, id, offered, &hash)
            try write(.start(id: id, chunk: chunk))
        }
        while chunk < file.chunkCount {
            guard try isWanted(id) else { return }
            let holes = min(
                file.holeCount(at: chunk), file.chunkCount - chunk, FileLimits.chunksPerHole)
            if holes > 0 {
                try hash.updateZeros(chunks: holes)
                try write(.hole(id: id, chunks: holes))
                chunk += holes
                note(holes &* UInt64(FileLimits.chunkByteCount))
                continue
            }
            let byteCount = file.byteCount(ofChunk: chunk)
            let (block, digest) = try ContentBlock.make(id: id, byteCount: byteCount) {
                buffer throws(FileProblem) in
                try file.read(chunk: chunk, into: buffer)
            }
            ContentBlock.withContent(of: block) { hash.update($0, digest: digest) }
            try writer.write(block)
            chunk += 1
            note(UInt64(byteCount))
        }
        try file.requireUnchanged()
        try end(id, size: file.size, hash.finalize())
    }

    /// Sends a stream up to its end.
    func sendStream(_ input: BlockingDescriptor, _ id: UInt32) throws {
        progress.update { $0.path = "standard input" }
        var hash = ContentHash(withChecksum: wantsChecksums)
        var size: UInt64 = 0
        while try isWanted(id) {
            let bytes = try readChunk(input)
            if !bytes.isEmpty {
                let (block, digest) = try ContentBlock.make(id: id, byteCount: bytes.count) {
                    $0.copyBytes(from: bytes)
                }
                ContentBlock.withContent(of: block) { hash.update($0, digest: digest) }
                try writer.write(block)
                try writer.flush()
                size &+= UInt64(bytes.count)
                note(UInt64(bytes.count))
            }
            if bytes.count < FileLimits.chunkByteCount {
                return try end(id, size: size, hash.finalize())
            }
        }
    }

    /// Up to a chunk; less at the end only.
    private func readChunk(_ input: BlockingDescriptor) throws(FileProblem) -> [UInt8] {
        do {
            return try [UInt8](unsafeUninitializedCapacity: FileLimits.chunkByteCount) {
                buffer, count in
                let memory = UnsafeMutableRawBufferPointer(buffer)
                while count < memory.count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: memory[count...])
                    let got = try input.read(into: rest)
                    if got == 0 { return }
                    count += got
                }
            }
        } catch {
            throw .unusable("standard input", "cannot read it: \(error)")
        }
    }

    /// How many chunks of the file are those that the receiver has.
    private func countEqual(
        _ file: SourceFile, _ id: UInt32, _ offered: [[UInt8]], _ hash: inout ContentHash
    ) throws -> UInt64 {
        var chunk: UInt64 = 0
        for digest in offered {
            guard try isWanted(id) else { break }
            let own = try file.content(ofChunk: chunk)
            guard own.digest == digest else { break }
            if let bytes = own.bytes {
                bytes.withUnsafeBytes { hash.update($0, digest: digest) }
            } else {
                try hash.updateZeros(chunks: 1)
            }
            let byteCount = UInt64(file.byteCount(ofChunk: chunk))
            progress.update { progress in
                progress.bytes &+= byteCount
                progress.bytesKept &+= byteCount
            }
            chunk += 1
        }
        return chunk
    }

    private func end(
        _ id: UInt32, size: UInt64, _ hashes: (digest: [UInt8], checksum: [UInt8]?)
    ) throws {
        state.update { state in
            state.outstanding[id]?.digest = hashes.digest
            state.outstanding[id]?.checksum = hashes.checksum
        }
        try write(.end(id: id, size: size, digest: hashes.digest))
    }

    /// Whether the receiver still wants the file.
    private func isWanted(_ id: UInt32) throws -> Bool {
        if let failure = state.read(\.failure) { throw failure }
        return state.read { $0.outstanding[id] != nil }
    }

    private func write(_ message: FileMessage) throws {
        try writer.write(message.message)
    }

    private func note(_ byteCount: UInt64) {
        progress.update { $0.bytes &+= byteCount }
    }
}
