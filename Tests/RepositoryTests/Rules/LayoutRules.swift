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

    /// Every folder below `Sources` is on the map.
    static func unnamedFolders(paths: [String], map: String) -> [Finding] {
        let folders = paths.flatMap { path in
            let components = path.split(separator: "/").map(String.init)
            return components.first == "Sources" ? components.dropFirst().dropLast() : []
        }
        let words = Set(map.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        return Set(folders).subtracting(words).subtracting(["include"]).sorted().map {
            Finding(path: "Sources/README.md", line: 1, rule: "does not name the folder \($0)")
        }
    }
}
