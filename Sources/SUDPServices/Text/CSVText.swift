/// Fields as RFC 4180 writes them.
enum CSVText {
    /// The text, between quotes where it would end the field or the line otherwise.
    static func field(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { [0x22, 0x2c, 0x0d, 0x0a].contains($0) }
        guard needsQuotes else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
