internal import Glibc

/// A source as the user named it, with the name that it has at the receiver.
struct SourceRoot: Sendable {
    static let standardInput = "-"

    let path: String
    let name: String

    var isStandardInput: Bool { path == Self.standardInput }

    /// The source that a word of the command line names; nil when it has no name to be stored as.
    init?(_ path: String, name: String?) {
        self.path = path
        if let name {
            self.name = name
        } else if path == Self.standardInput {
            self.name = "stdin"
        } else {
            self.name = Self.baseName(path) ?? ""
        }
        guard RelativePath(self.name)?.names.count == 1 else { return nil }
    }

    private static func baseName(_ path: String) -> String? {
        let last = path.split(separator: "/").last.map(String.init)
        guard last == nil || last == "." || last == ".." else { return last }
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved).split(separator: "/").last.map(String.init)
    }
}
