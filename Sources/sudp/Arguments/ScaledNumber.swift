/// A number above 0 on the command line, perhaps with K, M, G, KiB, MiB or GiB behind it.
enum ScaledNumber {
    private static let units: [(name: String, factor: UInt64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("K", 1000), ("M", 1_000_000),
        ("G", 1_000_000_000), ("", 1),
    ]

    /// The number that the text stands for; nil for anything else, and for what does not fit.
    ///
    /// With a unit there may be up to nine decimals, of which whole numbers are left: 1.5M.
    static func parse(_ text: String) -> UInt64? {
        guard let unit = units.first(where: { text.hasSuffix($0.name) }) else { return nil }
        let parts = text.dropLast(unit.name.count).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = digits(parts[0], atMost: 18),
            parts.count == 1 || !unit.name.isEmpty
        else { return nil }
        let (product, isTooMuch) = whole.multipliedReportingOverflow(by: unit.factor)
        var sum = product
        if parts.count == 2 {
            guard var part = digits(parts[1], atMost: 9) else { return nil }
            part *= unit.factor
            for _ in parts[1].utf8 { part /= 10 }
            let (total, overflows) = sum.addingReportingOverflow(part)
            guard !overflows else { return nil }
            sum = total
        }
        return isTooMuch || sum == 0 ? nil : sum
    }

    private static func digits(_ text: Substring, atMost limit: Int) -> UInt64? {
        guard (1...limit).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return UInt64(text)
    }
}
