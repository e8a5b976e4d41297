/// A value that is written as JSON (RFC 8259), its numbers without exponents.
indirect enum JSONValue {
    case text(String)
    case count(UInt64)
    /// A number with so many decimals.
    case number(Double, decimals: Int)
    case flag(Bool)
    case list([JSONValue])
    case object([(key: String, value: JSONValue?)])

    /// The value on one line; what an object has no value for is left out.
    var line: String {
        switch self {
        case .text(let text): JSONText.string(text)
        case .count(let count): String(count)
        case .number(let number, let decimals): FixedPoint.text(number, decimals: decimals)
        case .flag(let flag): flag ? "true" : "false"
        case .list(let values): "[" + values.map(\.line).joined(separator: ",") + "]"
        case .object(let fields):
            "{"
                + fields.compactMap { field in
                    field.value.map { "\(JSONText.string(field.key)):\($0.line)" }
                }.joined(separator: ",") + "}"
        }
    }
}
