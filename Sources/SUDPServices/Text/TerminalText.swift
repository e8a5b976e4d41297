/// Text from a peer, a file or a command line in a form that cannot steer a terminal.
public enum TerminalText {
    /// A base character carries at most so many combining marks; others, and those without a base,
    /// are spelt out.
    static let marksPerCharacter = 8

    /// The text on one line: controls, line separators, direction overrides and everything that
    /// nobody can see are spelt out; pictures that are joined from several stay joined.
    public static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
        var result = ""
        var previous: Unicode.Scalar?
        var marks = 0
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            index = scalars.index(after: index)
            let next = index < scalars.endIndex ? scalars[index] : nil
            marks = isMark(scalar) ? marks + 1 : 0
            let hasPlace = marks == 0 || marks <= marksPerCharacter && previous != nil
            if hasPlace, isHarmless(scalar) || joins(scalar, previous, next) {
                result.unicodeScalars.append(scalar)
                if !isMark(scalar) { previous = scalar }
            } else {
                result += spelling(of: scalar)
                if !isMark(scalar) { previous = nil }
            }
        }
        return result
    }

    /// A line of what somebody said: the same, but tabs are blanks.
    public static func line(_ line: some StringProtocol) -> String {
        escaped(
            line.split(separator: "\t", omittingEmptySubsequences: false)
                .joined(separator: "    "))
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            return false
        default:
            return !properties.isDefaultIgnorableCodePoint || isVariationSelector(scalar)
        }
    }

    /// Selects between the plain and the coloured form of the character before it.
    private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xfe00...0xfe0f).contains(scalar.value)
    }

    /// Whether it is the joiner between two pictures.
    private static func joins(
        _ scalar: Unicode.Scalar, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?
    ) -> Bool {
        guard scalar.value == 0x200d, let previous, let next else { return false }
        return isPicture(previous) && isPicture(next)
    }

    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isEmoji && scalar.value >= 0x2190
    }

    private static func spelling(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        let digits = String(scalar.value, radix: 16)
        guard scalar.value < 0x80 else { return "\\u{\(digits)}" }
        return "\\x" + (digits.count < 2 ? "0" : "") + digits
    }
}
