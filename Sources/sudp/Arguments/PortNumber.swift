/// A UDP port as users write it: decimal digits from 0 to 65535 and nothing else.
enum PortNumber {
    /// The port that the text stands for; nil where it is none.
    static func parse(_ text: some StringProtocol) -> UInt16? {
        guard (1...5).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return UInt16(text)
    }
}
