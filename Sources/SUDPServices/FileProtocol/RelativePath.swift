/// The path of a file below the destination: names that lead nowhere else.
///
/// There is no empty name, `.`, `..`, `/`, NUL or invalid UTF-8 in it, and no name that part files
/// have. Everything else is stored as it is and escaped when it is shown.
struct RelativePath: Hashable, Sendable {
    let names: [String]

    /// Reads a path with `/` between its names; nil when one of them is not allowed.
    init?(_ text: String) {
        guard text.utf8.count <= FileLimits.pathByteCount else { return nil }
        self.init(
            names: text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) })
    }

    private init?(names: [String]) {
        guard (1...FileLimits.pathDepth).contains(names.count), names.allSatisfy(Self.isAllowed)
        else { return nil }
        self.names = names
    }

    var text: String { names.joined(separator: "/") }

    var parent: [String] { names.dropLast() }

    var name: String { names.last ?? "" }

    /// The path with another first name; nil when that is not allowed.
    func withPrefix(_ prefix: String) -> RelativePath? {
        RelativePath(names: [prefix + (names.first ?? "")] + names.dropFirst())
    }

    /// The path with another last name; nil when that is not allowed.
    func renamed(_ name: String) -> RelativePath? {
        RelativePath(names: names.dropLast() + [name])
    }

    static func isAllowed(_ name: String) -> Bool {
        (1...FileLimits.nameByteCount).contains(name.utf8.count)
            && name != "." && name != ".." && !name.utf8.contains(0)
            && !name.utf8.contains(UInt8(ascii: "/")) && !PartName.isReserved(name)
    }

    /// Whether a link at this path that points to `target` stays below the path's first name.
    ///
    /// `..` may only lead: behind a name that is itself a link it would lead elsewhere.
    func keepsInside(linkTo target: String) -> Bool {
        guard !target.isEmpty, target.utf8.count <= FileLimits.pathByteCount,
            !target.utf8.contains(0), !target.hasPrefix("/")
        else { return false }
        var rest = target.split(separator: "/")[...]
        let climbs = rest.prefix { $0 == ".." || $0 == "." }
        rest = rest.dropFirst(climbs.count)
        return climbs.count { $0 == ".." } <= names.count - 2 && !rest.contains("..")
    }
}
