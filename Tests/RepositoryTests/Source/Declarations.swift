/// The functions and types of one file with their sizes, found by matching braces over tokens.
struct Declarations {
    struct Function: Equatable {
        let name: String
        let line: Int
        var lineCount = 0
    }

    struct NamedType: Equatable {
        let name: String
        let line: Int
        var storedProperties = 0
    }

    private enum Scope: Equatable {
        case function(Int)
        case type(Int)
        case other
    }

    private(set) var functions: [Function] = []
    private(set) var types: [NamedType] = []

    private let tokens: [Token]
    private var scopes: [(scope: Scope, parentheses: Int)] = []
    private var parentheses = 0
    private var pending: Scope?

    private static let typeWords: Set = [
        "struct", "class", "enum", "actor", "protocol", "extension",
    ]
    private static let declarationWords = typeWords.union([
        "func", "init", "deinit", "subscript", "var", "let", "case", "typealias", "associatedtype",
        "import",
    ])
    private static let modifiers: Set = [
        "public", "package", "internal", "fileprivate", "private", "static", "class", "final",
        "lazy", "weak", "unowned", "nonisolated", "unsafe", "override", "(", ")", "set",
    ]

    init(tokens: [Token]) {
        self.tokens = tokens
        for index in tokens.indices { visit(index) }
    }

    private mutating func visit(_ index: Int) {
        let token = tokens[index]
        switch token.text {
        case "(", "[": parentheses += 1
        case ")", "]": parentheses -= 1
        case "{": open()
        case "}": close(at: token.line)
        default:
            if parentheses == 0, isDeclaration(at: index) { declare(at: index) }
        }
    }

    private mutating func open() {
        scopes.append((parentheses == 0 ? pending ?? .other : .other, parentheses))
        if parentheses == 0 { pending = nil }
        parentheses = 0
    }

    private mutating func close(at line: Int) {
        guard let (scope, outerParentheses) = scopes.popLast() else { return }
        parentheses = outerParentheses
        if parentheses == 0 { pending = nil }
        if case .function(let position) = scope {
            functions[position].lineCount = line - functions[position].line + 1
        }
    }

    private func word(at index: Int) -> String {
        tokens.indices.contains(index) ? tokens[index].text : ""
    }

    private func isDeclaration(at index: Int) -> Bool {
        Self.declarationWords.contains(tokens[index].text) && word(at: index - 1) != "."
    }

    private mutating func declare(at index: Int) {
        let token = tokens[index]
        let scope = scopes.last?.scope
        var isInType = false
        if case .type = scope { isInType = true }
        switch token.text {
        case "func":
            pend(function: word(at: index + 1), line: token.line)
        case "init", "deinit", "subscript":
            if isInType { pend(function: token.text, line: token.line) }
        case "var", "let":
            if isInType || scope == nil { declareProperty(at: index) }
        case let text where Self.typeWords.contains(text):
            let name = word(at: index + 1)
            guard tokens.indices.contains(index + 1), tokens[index + 1].isWord,
                !Self.declarationWords.contains(name)
            else { return }
            types.append(NamedType(name: name, line: token.line))
            pending = .type(types.count - 1)
        default:
            pending = nil
        }
    }

    private mutating func pend(function name: String, line: Int) {
        functions.append(Function(name: name, line: line))
        pending = .function(functions.count - 1)
    }

    private mutating func declareProperty(at index: Int) {
        pending = nil
        let body = bodyOfProperty(at: index)
        if let body {
            pend(function: word(at: index + 1), line: tokens[index].line)
            guard ["willSet", "didSet"].contains(word(at: body + 1)) else { return }
        }
        if case .type(let position) = scopes.last?.scope, !isStatic(at: index) {
            types[position].storedProperties += 1
        }
    }

    /// The index of the brace that opens accessors or observers.
    private func bodyOfProperty(at index: Int) -> Int? {
        var depth = 0
        for next in tokens.indices[(index + 1)...] {
            switch tokens[next].text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return next
            case "=", "}", "@", "#": if depth == 0 { return nil }
            default: if depth == 0, isDeclaration(at: next) { return nil }
            }
        }
        return nil
    }

    private func isStatic(at index: Int) -> Bool {
        tokens[..<index].reversed().prefix { Self.modifiers.contains($0.text) }
            .contains { $0.text == "static" || $0.text == "class" }
    }
}
