internal import SUDPTransport

/// A text that comes instead of files: it is shown, and nothing is stored.
extension ReceivingSession {
    func takeText(_ id: UInt32, _ text: String, isDryRun: Bool) throws {
        let size = UInt64(text.utf8.count)
        if isDryRun { return try answer(id, "text", size: size, note: "show") }
        do {
            guard let onText else { throw StoreFailure(.refused, "texts are not taken here") }
            guard !hasOutput else { throw StoreFailure(.refused, "only one text is taken") }
            hasOutput = true
            do { try onText(text) } catch PipeFailure.outputClosed {
                throw PipeFailure.outputClosed
            } catch {
                throw StoreFailure(.cannotWrite, "\(error)")
            }
            if case .output(let output) = options.destination { try end(output) }
        } catch let failure as StoreFailure {
            return try refuse(id, "text", failure)
        }
        tally.noteComplete()
        progress.update { $0.bytes &+= size }
        try send(
            .result(
                id: id, .stored, size: size, digest: Self.digest(of: text), note: "shown"))
    }

    private static func digest(of text: String) -> [UInt8] {
        var hash = ContentHash(withChecksum: false)
        Array(text.utf8).withUnsafeBytes { hash.update($0, digest: SHA256.digest(of: $0)) }
        return hash.finalize().digest
    }
}
