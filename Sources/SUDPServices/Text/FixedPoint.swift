/// Numbers in words that look the same everywhere: a point, a fixed count of decimals, no exponent.
public enum FixedPoint {
    /// The number with this many decimals; a value beyond 10^15 or not a number is shown as 0.
    public static func text(_ value: Double, decimals: Int) -> String {
        let decimals = min(max(decimals, 0), 9)
        let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard value.magnitude <= 1e15, scaled < 0x1p62 else { return text(0, decimals: decimals) }
        let digits = String(UInt64(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(decimals + 1 - digits.count, 0)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
