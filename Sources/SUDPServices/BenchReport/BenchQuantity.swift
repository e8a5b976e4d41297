/// Numbers of a benchmark with their units, for people.
enum BenchQuantity {
    /// Bits per second with three or four digits.
    static func rate(_ bitsPerSecond: Double) -> String {
        switch bitsPerSecond {
        case 1e9...: "\(digits(bitsPerSecond / 1e9)) Gbit/s"
        case 1e6...: "\(digits(bitsPerSecond / 1e6)) Mbit/s"
        default: "\(digits(bitsPerSecond / 1e3)) kbit/s"
        }
    }

    static func milliseconds(_ value: Double) -> String { "\(digits(value)) ms" }

    static func bytes(_ count: UInt64) -> String {
        switch Double(count) {
        case 1e9...: "\(digits(Double(count) / 1e9)) GB"
        case 1e6...: "\(digits(Double(count) / 1e6)) MB"
        case 1e3...: "\(digits(Double(count) / 1e3)) kB"
        default: "\(count) B"
        }
    }

    static func percent(_ value: Double) -> String {
        "\(FixedPoint.text(value, decimals: value > 0 && value < 0.1 ? 3 : value < 10 ? 1 : 0)) %"
    }

    /// About three digits.
    static func digits(_ value: Double) -> String {
        FixedPoint.text(value, decimals: value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0)
    }
}
