/// Where files lie and what they are called.
enum LayoutRules {
    static func findings(forPath path: String) -> [Finding] {
        rules(brokenBy: path).map { Finding(path: path, line: 1, rule: $0) }
    }

    private static func rules(brokenBy path: String) -> [String] {
        let components = path.split(separator: "/").map(String.init)
        guard let top = components.first, let name = components.last else { return [] }
        var broken: [String] = []
        if !Limits.topLevel.contains(top) { broken.append("\(top) does not belong at the top") }
        if components.contains(where: { $0.hasPrefix(".build") }) {
            broken.append("build output is committed")
        }
        if name.hasSuffix("-key.pem") { broken.append("a key file is committed") }
        if name.hasSuffix(".swift") {
            broken += Limits.vagueFileWords.filter(name.contains).map { "\($0) names no thing" }
        }
        return broken
    }

    /// Every folder below `Sources` is on the map, as `name` or `name/`.
    static func unnamedFolders(paths: [String], map: SourceFile) -> [Finding] {
        let folders = paths.flatMap { path in
            let components = path.split(separator: "/").map(String.init)
            return components.first == "Sources" ? components.dropFirst().dropLast() : []
        }
        let names = quotations(in: map).map {
            $0.text.hasSuffix("/") ? $0.text.dropLast() : $0.text
        }
        return Set(folders).subtracting(names.map(String.init)).subtracting(["include"]).sorted()
            .map { map.finding("does not name the folder \($0)") }
    }

    /// A document names no file or folder that is gone.
    static func missingPaths(in document: SourceFile, paths: [String]) -> [Finding] {
        let known = paths.map { "/\($0)/" }
        return quotations(in: document).filter { quotation in
            let text = quotation.text
            let isPath = text.contains("/") && !text.hasPrefix(".") && !text.contains(" ")
            let wanted = text.hasSuffix("/") ? "/\(text)" : "/\(text)/"
            return isPath && !known.contains { $0.contains(wanted) }
        }.map { document.finding("names \($0.text), which is not there", line: $0.line) }
    }

    /// What stands between backticks.
    private static func quotations(in file: SourceFile) -> [(text: Substring, line: Int)] {
        file.lines.enumerated().flatMap { number, line in
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map { ($0.element, number + 1) }
        }
    }
}
