/// How large a file, a line, a function and a type may get.
enum SizeRules {
    static func findings(in file: SourceFile) -> [Finding] {
        fileLength(of: file) + lineLengths(of: file) + declarations(of: file)
    }

    private static func fileLength(of file: SourceFile) -> [Finding] {
        let limit = Limits.linesPerFile
        guard file.lineCount > limit else { return [] }
        let rule = "file has \(file.lineCount) lines, at most \(limit): which noun wants its own?"
        return [file.finding(rule, line: limit + 1)]
    }

    private static func lineLengths(of file: SourceFile) -> [Finding] {
        let limit = Limits.columnsPerLine
        return file.lines.enumerated().filter { $0.element.count > limit }.map { number, line in
            file.finding("line has \(line.count) columns, at most \(limit)", line: number + 1)
        }
    }

    private static func declarations(of file: SourceFile) -> [Finding] {
        let declarations = Declarations(tokens: file.tokens)
        let functions = declarations.functions.filter { $0.lineCount > Limits.linesPerFunction }
            .map { function in
                let rule =
                    "\(function.name) has \(function.lineCount) lines, "
                    + "at most \(Limits.linesPerFunction)"
                return file.finding(rule, line: function.line)
            }
        let types = declarations.types.filter(storesTooMuch).map { type in
            let rule =
                "\(type.name) has \(type.storedProperties) stored properties, "
                + "at most \(Limits.storedPropertiesPerType)"
            return file.finding(rule, line: type.line)
        }
        return functions + types
    }

    private static func storesTooMuch(_ type: Declarations.NamedType) -> Bool {
        type.storedProperties > Limits.storedPropertiesPerType
            && !Limits.storedPropertyExemptSuffixes.contains { type.name.hasSuffix($0) }
    }

    static func documentLength(of file: SourceFile) -> [Finding] {
        guard let limit = Limits.documentLines[file.path], file.lineCount > limit else { return [] }
        let rule = "document has \(file.lineCount) lines, at most \(limit)"
        return [file.finding(rule, line: limit + 1)]
    }
}
