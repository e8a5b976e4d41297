/// A text of several lines as a terminal shows what somebody else wrote.
public enum QuotedText {
    /// The lines, each behind a mark, so that none looks like one of this program, and ended.
    public static func lines(of text: String) -> String {
        var lines = text.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            let end = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            return "> \(TerminalText.line(Substring(end)))\n"
        }.joined()
    }
}
