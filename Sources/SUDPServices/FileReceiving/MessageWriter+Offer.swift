internal import SUDPTransport

extension MessageWriter {
    /// Writes at once which chunks of a file are here.
    func writeOffer(of file: IncomingFile) throws(TransportError) {
        let id = file.announcement.id
        var rest = file.offered[...]
        while !rest.isEmpty {
            let digests = rest.prefix(FileLimits.digestsPerMessage)
            rest = rest.dropFirst(digests.count)
            try write(FileMessage.have(id: id, digests: Array(digests)).message)
        }
        try write(FileMessage.offer(id: id, chunks: UInt64(file.offered.count)).message)
        try flush()
    }
}
