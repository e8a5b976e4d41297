/// A letter for how much latency load adds.
public enum BufferbloatGrade: String, CaseIterable, Comparable, Sendable {
    /// Less than 5 ms.
    case aPlus = "A+"
    /// Less than 30 ms.
    case a = "A"
    /// Less than 60 ms.
    case b = "B"
    /// Less than 200 ms.
    case c = "C"
    /// Less than 400 ms.
    case d = "D"
    /// More.
    case f = "F"

    /// The grade for milliseconds that load adds to the median latency.
    init(addedMilliseconds: Double) {
        switch addedMilliseconds {
        case ..<5: self = .aPlus
        case ..<30: self = .a
        case ..<60: self = .b
        case ..<200: self = .c
        case ..<400: self = .d
        default: self = .f
        }
    }

    /// Orders grades from the worst to the best.
    public static func < (one: BufferbloatGrade, other: BufferbloatGrade) -> Bool {
        let order = Self.allCases
        return (order.firstIndex(of: one) ?? 0) > (order.firstIndex(of: other) ?? 0)
    }
}
