import SUDPServices

/// What is said about files on one line, safe to print.
enum TransferLine {
    /// What became of a file.
    static func words(_ path: String, size: UInt64, note: String) -> String {
        var details = note.isEmpty ? [] : [note]
        if size == .max {
            details.insert("unknown size", at: 0)
        } else if size > 0 || note.isEmpty {
            details.insert("\(size) bytes", at: 0)
        }
        return TerminalText.escaped("\(path): \(details.joined(separator: ", "))")
    }

    /// The same as a JSON object.
    static func stored(
        _ path: String, size: UInt64, digest: [UInt8], note: String, peer: String? = nil
    ) -> String {
        object(
            [("event", JSONText.string("stored"))] + named(peer) + [
                ("path", JSONText.string(path)), ("size", String(size)),
                ("digest", JSONText.string(hexadecimal(digest))), ("note", JSONText.string(note)),
            ])
    }

    /// A text that came, as a JSON object.
    static func text(_ text: String, peer: String) -> String {
        object(
            [("event", JSONText.string("text"))] + named(peer) + [("text", JSONText.string(text))])
    }

    /// What would become of a file, as a JSON object.
    static func planned(
        _ path: String, size: UInt64, note: String, peer: String? = nil
    ) -> String {
        object(
            [("event", JSONText.string("planned"))] + named(peer) + [
                ("path", JSONText.string(path)), ("size", size == .max ? "null" : String(size)),
                ("note", JSONText.string(note)),
            ])
    }

    /// A failure as a JSON object.
    static func failed(_ problem: FileProblem, peer: String? = nil) -> String {
        object(
            [("event", JSONText.string("failed"))] + named(peer) + [
                ("path", JSONText.string(problem.path)),
                ("status", JSONText.string("\(problem.status)")),
                ("reason", JSONText.string(problem.reason)),
            ])
    }

    /// How far it is, as a JSON object.
    static func json(
        _ now: TransferProgress.Snapshot, since start: ContinuousClock.Instant
    ) -> String {
        object([
            ("event", JSONText.string("progress")), ("bytes", String(now.bytes)),
            ("totalBytes", String(now.totalBytes)), ("files", String(now.files)),
            ("totalFiles", String(now.totalFiles)),
            ("rate", FixedPoint.text(now.rate(since: start), decimals: 0)),
        ])
    }

    /// How far it is, in words.
    static func progress(
        _ now: TransferProgress.Snapshot, since start: ContinuousClock.Instant
    ) -> String {
        let rate = now.rate(since: start)
        var words = [
            "\(now.bytes) of \(max(now.totalBytes, now.bytes)) bytes",
            "file \(now.currentFile) of \(max(now.totalFiles, 1))",
            "\(FixedPoint.text(rate / 1e6, decimals: 1)) MB/s",
        ]
        if let seconds = now.secondsLeft(since: start) {
            words.append("\(FixedPoint.text(seconds, decimals: 0)) s left")
        }
        return words.joined(separator: ", ")
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func named(_ peer: String?) -> [(String, String)] {
        peer.map { [("peer", JSONText.string($0))] } ?? []
    }

    private static func object(_ fields: [(String, String)]) -> String {
        "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
}
