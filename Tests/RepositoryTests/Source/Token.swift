/// A word, a run of operator characters, or one punctuation character of masked Swift code.
struct Token: Equatable {
    let text: String
    let line: Int
    /// Whether nothing stands between this token and the one before it.
    let touchesPrevious: Bool

    var isWord: Bool { text.utf8.first.map(Tokenizer.isWordByte) ?? false }
}
