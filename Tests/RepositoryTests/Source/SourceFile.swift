/// One text file of the repository, named by its path from the top level.
struct SourceFile {
    let path: String
    let lines: [Substring]
    /// The Swift tokens; empty for other languages.
    let tokens: [Token]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        tokens = path.hasSuffix(".swift") ? Tokenizer.tokens(of: CodeMask.code(in: text)) : []
    }

    /// The lines a reader counts: a newline at the end does not open another one.
    var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }

    var name: Substring { path.split(separator: "/").last ?? "" }

    func finding(_ rule: String, line: Int = 1) -> Finding {
        Finding(path: path, line: line, rule: rule)
    }
}
