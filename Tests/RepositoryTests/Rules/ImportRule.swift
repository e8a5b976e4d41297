/// Holds the arrows between the modules, which the package manager does not check.
enum ImportRule {
    private static let symbolKinds: Set = [
        "struct", "class", "enum", "protocol", "typealias", "func", "var", "let",
    ]

    static func findings(in file: SourceFile) -> [Finding] {
        let folder = Limits.imports.keys.filter(file.path.hasPrefix)
            .max { $0.utf8.count < $1.utf8.count }
        let allowed = folder.flatMap { Limits.imports[$0] } ?? []
        let modules = imports(in: file).filter { !allowed.contains($0.text) }.map { module in
            file.finding("may not import \(module.text) here", line: module.line)
        }
        let exports = file.tokens.filter { $0.text == "_exported" }.map { token in
            file.finding("may not re-export a module", line: token.line)
        }
        return modules + (Limits.reexports.contains(file.path) ? [] : exports)
    }

    private static func imports(in file: SourceFile) -> [Token] {
        file.tokens.indices.filter { file.tokens[$0].text == "import" }.compactMap { index in
            file.tokens[(index + 1)...].first { !symbolKinds.contains($0.text) }
        }
    }
}
