/// Blanks comments, string literals and raw identifiers out of Swift text, byte for byte, so that
/// lines keep their numbers; interpolated code stays code.
struct CodeMask {
    private let input: [UInt8]
    private var output: [UInt8]
    private var index = 0

    private init(_ text: String) {
        input = Array(text.utf8)
        output = input
    }

    static func code(in text: String) -> [UInt8] {
        var mask = CodeMask(text)
        mask.skipCode(until: nil)
        return mask.output
    }

    /// Leaves code untouched up to the end, or past the parenthesis that closes an interpolation.
    private mutating func skipCode(until closing: UInt8?) {
        var depth = 0
        while index < input.count {
            let byte = input[index]
            if matches("//") {
                blankLine()
            } else if matches("/*") {
                blankComment()
            } else if let hashes = stringStart() {
                blankString(hashes: hashes)
            } else if byte == UInt8(ascii: "`") {
                maskRawIdentifier()
            } else if closing != nil, byte == UInt8(ascii: ")"), depth == 0 {
                index += 1
                return
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                index += 1
            }
        }
    }

    private func matches(_ text: StaticString, at offset: Int = 0) -> Bool {
        let start = index + offset
        guard start + text.utf8CodeUnitCount <= input.count else { return false }
        return text.withUTF8Buffer { $0.elementsEqual(input[start..<start + $0.count]) }
    }

    private func hashCount(at start: Int) -> Int {
        input[min(start, input.count)...].prefix { $0 == UInt8(ascii: "#") }.count
    }

    /// The number of `#` in front of a string literal that begins here.
    private func stringStart() -> Int? {
        let hashes = hashCount(at: index)
        return matches("\"", at: hashes) ? hashes : nil
    }

    private mutating func blank(_ count: Int) {
        for position in index..<min(index + count, input.count)
        where input[position] != UInt8(ascii: "\n") {
            output[position] = UInt8(ascii: " ")
        }
        index = min(index + count, input.count)
    }

    private mutating func blankLine() {
        while index < input.count, input[index] != UInt8(ascii: "\n") { blank(1) }
    }

    private mutating func blankComment() {
        var depth = 0
        repeat {
            if matches("/*") {
                depth += 1
                blank(2)
            } else if matches("*/") {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && index < input.count
    }

    /// A literal stays visible as one `"`, so that `"a"!` still reads as an unwrapped value.
    private mutating func blankString(hashes: Int) {
        blank(hashes)
        let isMultiline = matches("\"\"\"")
        blank(isMultiline ? 3 : 1)
        while index < input.count {
            if matches("\\"), hashCount(at: index + 1) >= hashes {
                blank(1 + hashes)
                blankEscape()
            } else if isMultiline ? matches("\"\"\"") : matches("\""),
                hashCount(at: index + (isMultiline ? 3 : 1)) >= hashes
            {
                let end = (isMultiline ? 3 : 1) + hashes
                blank(end)
                output[index - 1] = UInt8(ascii: "\"")
                return
            } else if !isMultiline, matches("\n") {
                return
            } else {
                blank(1)
            }
        }
    }

    private mutating func blankEscape() {
        guard matches("(") else { return blank(1) }
        index += 1
        skipCode(until: UInt8(ascii: ")"))
    }

    private mutating func maskRawIdentifier() {
        repeat {
            output[index] = UInt8(ascii: "_")
            index += 1
        } while index < input.count
            && input[index] != UInt8(ascii: "`") && input[index] != UInt8(ascii: "\n")
        guard matches("`") else { return }
        output[index] = UInt8(ascii: "_")
        index += 1
    }
}
