import ArgumentParser

/// Bytes per second on the command line: a number, perhaps with K, M, G, KiB, MiB or GiB behind it.
struct ByteRate: ExpressibleByArgument, Equatable {
    private static let units: [(name: String, factor: UInt64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("K", 1000), ("M", 1_000_000),
        ("G", 1_000_000_000), ("", 1),
    ]

    let bytesPerSecond: UInt64

    /// Reads a rate above 0; nil for anything else.
    init?(argument: String) {
        guard let unit = Self.units.first(where: { argument.hasSuffix($0.name) }),
            case let digits = argument.dropLast(unit.name.count), (1...18).contains(digits.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = UInt64(digits), number > 0
        else { return nil }
        let (rate, isTooMuch) = number.multipliedReportingOverflow(by: unit.factor)
        guard !isTooMuch else { return nil }
        bytesPerSecond = rate
    }
}
