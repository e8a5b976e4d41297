/// Splits masked code into tokens; numbers and keywords are words.
enum Tokenizer {
    static func tokens(of code: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var line = 1
        var index = 0
        var previousEnd = -1
        while index < code.count {
            let start = index
            index = end(ofTokenAt: start, in: code)
            let first = code[start]
            if first == UInt8(ascii: "\n") {
                line += 1
            } else if !isBlank(first) {
                let text = String(decoding: code[start..<index], as: UTF8.self)
                tokens.append(Token(text: text, line: line, touchesPrevious: start == previousEnd))
                previousEnd = index
            }
        }
        return tokens
    }

    private static func end(ofTokenAt start: Int, in code: [UInt8]) -> Int {
        let belongs: (UInt8) -> Bool
        switch code[start] {
        case let byte where isWordByte(byte): belongs = isWordByte
        case let byte where isOperatorByte(byte): belongs = isOperatorByte
        default: return start + 1
        }
        return code[start...].firstIndex { !belongs($0) } ?? code.endIndex
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }

    private static func isOperatorByte(_ byte: UInt8) -> Bool {
        "+-*/%=<>!&|^~?".utf8.contains(byte)
    }
}
