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
            ("rate", FixedPoint.text(rate(now, start), decimals: 0)),
        ])
    }

    /// How far it is, in words.
    static func progress(
        _ now: TransferProgress.Snapshot, since start: ContinuousClock.Instant
    ) -> String {
        let rate = rate(now, start)
        var words = [
            "\(now.bytes) of \(max(now.totalBytes, now.bytes)) bytes",
            "file \(min(now.files + 1, max(now.totalFiles, 1))) of \(max(now.totalFiles, 1))",
            "\(FixedPoint.text(rate / 1e6, decimals: 1)) MB/s",
        ]
        if rate > 0, now.totalBytes > now.bytes {
            let seconds = Double(now.totalBytes - now.bytes) / rate
            words.append("\(FixedPoint.text(seconds, decimals: 0)) s left")
        }
        return words.joined(separator: ", ")
    }

    /// How far it is, as a bar that fits in so many columns.
    static func bar(
        _ now: TransferProgress.Snapshot, since start: ContinuousClock.Instant, columns: Int
    ) -> String {
        let share = now.totalBytes > 0 ? Double(now.bytes) / Double(now.totalBytes) : 0
        let filled = Int(min(max(share, 0), 1) * 20)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
        let percent = FixedPoint.text(min(share, 1) * 100, decimals: 0)
        let line = "[\(bar)] \(percent)% \(progress(now, since: start)) \(now.path)"
        return String(TerminalText.escaped(line).prefix(max(columns - 1, 1)))
    }

    private static func rate(
        _ now: TransferProgress.Snapshot, _ start: ContinuousClock.Instant
    ) -> Double {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return Double(now.bytes - min(now.bytesKept, now.bytes)) / max(seconds, 1e-3)
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
