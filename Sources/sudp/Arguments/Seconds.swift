import ArgumentParser

/// A length of time on the command line: decimal digits, perhaps a point and more of them.
struct Seconds: ExpressibleByArgument, Equatable {
    static let maximum: Int64 = 31_536_000

    let duration: Duration

    /// Reads a number above 0 and up to a year; nil for anything else, such as nan, inf or 1e3.
    init?(argument: String) {
        let parts = argument.split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard Self.areDigits(parts[0], atMost: 8), Self.areDigits(fraction, atMost: 9),
            let whole = Int64(parts[0]),
            let part = Int64(fraction + String(repeating: "0", count: 9 - fraction.utf8.count))
        else { return nil }
        guard whole < Self.maximum, whole > 0 || part > 0 else { return nil }
        duration = .seconds(whole) + .nanoseconds(part)
    }

    private static func areDigits(_ text: Substring, atMost limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
