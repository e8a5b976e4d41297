import SUDPServices

/// How far a transfer is, on one line of a terminal: what matters most where that is narrow.
struct ProgressBar {
    let now: TransferProgress.Snapshot
    let start: ContinuousClock.Instant
    let columns: Int

    /// The line, safe to print; it leaves room for the ^C that a terminal echoes.
    var text: String {
        let room = max(columns - 3, 1)
        var line = ([percent] + (room >= 64 ? [amount] : []) + rest).joined(separator: " ")
        if room >= 50 { line = "[\(bar(room >= 90 ? 20 : 10))] \(line)" }
        let name = shortened(TerminalText.escaped(now.path), to: room - line.count - 1)
        return name.isEmpty ? String(line.prefix(room)) : "\(line) \(name)"
    }

    private var share: Double {
        now.totalBytes > 0 ? min(Double(now.bytes) / Double(now.totalBytes), 1) : 0
    }

    private var percent: String { "\(Int(share * 100))%" }

    private var amount: String {
        let (unit, name) = Self.unit(of: max(now.totalBytes, now.bytes))
        let done = FixedPoint.text(Double(now.bytes) / unit, decimals: 1)
        guard now.totalBytes > 0 else { return "\(done) \(name)" }
        return "\(done)/\(FixedPoint.text(Double(now.totalBytes) / unit, decimals: 1)) \(name)"
    }

    private var rest: [String] {
        let rate = FixedPoint.text(now.rate(since: start) / 1e6, decimals: 1)
        return ["\(rate) MB/s"]
            + (now.secondsLeft(since: start).map { ["ETA \(Self.clock($0))"] } ?? [])
            + ["file \(now.currentFile)/\(max(now.totalFiles, 1))"]
    }

    private func bar(_ width: Int) -> String {
        let filled = Int(share * Double(width))
        return String(repeating: "#", count: filled)
            + String(repeating: ".", count: width - filled)
    }

    /// The end of a name; what is not ASCII may take two columns.
    private func shortened(_ name: String, to room: Int) -> String {
        let widths = name.unicodeScalars.map { $0.isASCII ? 1 : 2 }
        guard widths.reduce(0, +) > room else { return name }
        var left = room - 3
        let count = widths.reversed().prefix {
            left -= $0
            return left >= 0
        }.count
        guard count > 0 else { return "" }
        var end = "..."
        end.unicodeScalars.append(contentsOf: name.unicodeScalars.suffix(count))
        return end
    }

    private static func unit(of byteCount: UInt64) -> (Double, String) {
        switch byteCount {
        case ..<1_000_000: (1e3, "kB")
        case ..<1_000_000_000: (1e6, "MB")
        default: (1e9, "GB")
        }
    }

    /// Seconds as minutes and seconds, with the hours where there are some.
    private static func clock(_ seconds: Double) -> String {
        let all = Int(min(max(seconds, 0), 359_999).rounded(.up))
        let (minutes, rest) = (all / 60 % 60, all % 60)
        let tail = rest < 10 ? "0\(rest)" : "\(rest)"
        guard all >= 3600 else { return "\(minutes):\(tail)" }
        return "\(all / 3600):\(minutes < 10 ? "0" : "")\(minutes):\(tail)"
    }
}
