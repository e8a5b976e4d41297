internal import Foundation

/// What is left of a name when everything is gone that a hurried reader does not see.
///
/// After the idea of Unicode Technical Standard 39: letters of Latin, Cyrillic and Greek that look
/// alike, marks, and the digits that pass for letters become one.
enum ConfusableSkeleton {
    static func of(_ text: String) -> String {
        let plain = text.precomposedStringWithCompatibilityMapping
        var result = String.UnicodeScalarView()
        for scalar in plain.unicodeScalars { append(scalar, to: &result) }
        return collapsed(String(result))
    }

    private static func append(
        _ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView
    ) {
        if let twin = lookAlikes[scalar] {
            result.append(twin)
            return
        }
        for lower in scalar.properties.lowercaseMapping.decomposedStringWithCompatibilityMapping
            .unicodeScalars where !isMark(lower)
        {
            result.append(lookAlikes[lower] ?? digit(lower) ?? lower)
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Digits of any script, as the letter that 0 and 1 pass for or as themselves.
    private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard scalar.properties.generalCategory == .decimalNumber,
            let value = scalar.properties.numericValue, value >= 0, value < 10
        else { return nil }
        switch Int(value) {
        case 0: return "o"
        case 1: return "l"
        default: return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
        }
    }

    /// Pairs of letters that pass for one.
    private static func collapsed(_ text: String) -> String {
        text.replacingOccurrences(of: "rn", with: "m").replacingOccurrences(of: "vv", with: "w")
    }

    /// Upper-case letters come first: their own shape counts, not that of the lower-case one.
    private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = {
        let rows: [(Unicode.Scalar, String)] = [
            ("a", "аαɑ"), ("b", "ЬьВΒвβ"), ("c", "сϲС"), ("d", "ԁɗ"), ("e", "еєЕΕε"),
            ("f", "ƒ"), ("g", "ɡԍ"), ("h", "һНΗн"), ("i", "ıіι"), ("j", "јϳ"), ("k", "кКκΚ"),
            ("l", "IΙІӀӏ1"), ("m", "МмΜ"), ("n", "Νηп"), ("o", "0ОоΟοоσօ"), ("p", "рРρΡ"),
            ("q", "ԛ"), ("r", "гɾ"), ("s", "ѕЅ"), ("t", "тТτΤ"), ("u", "υսцμ"), ("v", "νѵ"),
            ("w", "ѡԝω"), ("x", "хХχΧ"), ("y", "уУγΥүϒ"), ("z", "ΖƵ"), ("3", "зЗ"),
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (latin, twins) in rows {
            for twin in twins.unicodeScalars { table[twin] = latin }
        }
        return table
    }()
}
