/// Words that may not stand in some place.
enum WordRules {
    static func traps(in file: SourceFile) -> [Finding] {
        zip(file.tokens, file.tokens.dropFirst()).compactMap { value, mark in
            guard mark.text.hasPrefix("!"), mark.touchesPrevious, !mark.text.hasPrefix("!="),
                value.isWord || [")", "]", "}", "\"", "?", ">"].contains(value.text)
            else { return nil }
            return file.finding("may trap: \(value.text)!", line: mark.line)
        }
    }

    /// Time, randomness, tasks, shared state and output in the sans-IO core.
    static func effects(in file: SourceFile) -> [Finding] {
        guard file.path.hasPrefix(Limits.sansIO) else { return [] }
        let phrases = Limits.sansIOForbidden.flatMap { phrase in
            uses(of: phrase, in: file, rule: "the core may not use \(phrase)")
        }
        return phrases + classes(in: file) + memoryAccess(in: file)
    }

    private static func uses(of phrase: String, in file: SourceFile, rule: String) -> [Finding] {
        let wanted = Tokenizer.tokens(of: Array(phrase.utf8)).map(\.text)
        return file.tokens.indices.filter { start in
            file.tokens[start...].prefix(wanted.count).map(\.text) == wanted
        }.map { file.finding(rule, line: file.tokens[$0].line) }
    }

    private static func classes(in file: SourceFile) -> [Finding] {
        let members: Set = ["func", "var", "let", "subscript"]
        return zip(file.tokens, file.tokens.dropFirst()).compactMap { word, name in
            guard word.text == "class", !members.contains(name.text),
                !Limits.classesInSansIO.contains(name.text)
            else { return nil }
            return file.finding("the core may not have class \(name.text)", line: word.line)
        }
    }

    private static func memoryAccess(in file: SourceFile) -> [Finding] {
        guard !Limits.memoryAccessInSansIO.contains(where: file.path.hasPrefix) else { return [] }
        let words = file.tokens.filter { token in
            ["Unsafe", "unsafe", "withUnsafe"].contains(where: token.text.hasPrefix)
                && !Limits.byteViews.contains(token.text)
        }.map { file.finding("\($0.text) belongs in the byte reader and writer", line: $0.line) }
        let accesses = Limits.memoryAccess.flatMap { phrase in
            uses(of: phrase, in: file, rule: "\(phrase) belongs in the byte reader and writer")
        }
        return words + accesses
    }

    /// Work left for later, in any kind of file.
    static func leftovers(in file: SourceFile) -> [Finding] {
        file.lines.enumerated().flatMap { number, line in
            line.split { !$0.isLetter }.filter { Limits.leftoverWords.contains(String($0)) }
                .map { file.finding("\($0) is left over", line: number + 1) }
        }
    }

    static func privateKeys(in file: SourceFile) -> [Finding] {
        file.lines.enumerated().filter { _, line in
            line.hasPrefix("-----BEGIN ") && line.hasSuffix("PRIVATE KEY-----")
        }.map { number, _ in file.finding("a private key is committed", line: number + 1) }
    }
}
