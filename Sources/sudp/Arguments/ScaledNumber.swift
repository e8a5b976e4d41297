/// A whole number above 0 on the command line, perhaps with K, M, G, KiB, MiB or GiB behind it.
enum ScaledNumber {
    private static let units: [(name: String, factor: UInt64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("K", 1000), ("M", 1_000_000),
        ("G", 1_000_000_000), ("", 1),
    ]

    /// The number that the text stands for; nil for anything else, and for what does not fit.
    static func parse(_ text: String) -> UInt64? {
        guard let unit = units.first(where: { text.hasSuffix($0.name) }),
            case let digits = text.dropLast(unit.name.count), (1...18).contains(digits.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = UInt64(digits), number > 0
        else { return nil }
        let (product, isTooMuch) = number.multipliedReportingOverflow(by: unit.factor)
        return isTooMuch ? nil : product
    }
}
