internal import Glibc
internal import SystemPackage

/// What is to be sent, counted before a connection is made.
public struct SendPlan: Sendable {
    /// How many files there are.
    public private(set) var files: UInt64 = 0
    /// How many bytes they have.
    public private(set) var bytes: UInt64 = 0
    /// How many bytes they take on a disk; less where there are holes.
    private(set) var storage: UInt64 = 0
    /// Whether there is more than one file or stream, be it a directory alone.
    private(set) var isSeveral = false
    /// What is sent instead of files.
    let text: String?
    let roots: [SourceRoot]
    let exclusions: [String]
    let links: LinkPolicy

    /// Counts what the sources hold.
    ///
    /// `-` is standard input. `name` stands in for the name of an only source. Throws when no
    /// source is there, when two would have the same name, and when one has none.
    public init(
        sources: [String], name: String? = nil, exclusions: [String] = [],
        links: LinkPolicy = .copy
    ) throws {
        var roots: [SourceRoot] = []
        for source in sources {
            guard let root = SourceRoot(source, name: name) else {
                try Self.requireExistence(source)
                throw FileTransferFailure.nameless(source)
            }
            if let other = roots.first(where: { $0.name == root.name }) {
                throw FileTransferFailure.nameClash(other.path, source)
            }
            roots.append(root)
        }
        self.roots = roots
        text = nil
        self.exclusions = exclusions
        self.links = links
        isSeveral = roots.count > 1
        if roots.count == 1, !roots[0].isStandardInput { try Self.requireExistence(roots[0].path) }
        try walk.visitAll { entry in
            switch entry {
            case .file(let path):
                files &+= 1
                bytes &+= path.size
                storage &+= min(path.size, UInt64(clamping: path.status.st_blocks) &* 512)
            case .standardInput: files &+= 1
            case .directory: isSeveral = true
            default: break
            }
        }
    }

    /// Plans a text, which the receiver shows.
    public init(text: String) {
        self.text = text
        roots = []
        exclusions = []
        links = .skip
        bytes = UInt64(text.utf8.count)
    }

    /// The longest text in bytes.
    public static let maximumTextByteCount = FileLimits.textByteCount

    /// Whether something can be stored under a name at the receiver.
    public static func isName(_ name: String) -> Bool { RelativePath.isAllowed(name) }

    var walk: SourceWalk { SourceWalk(roots: roots, exclusions: exclusions, links: links) }

    private static func requireExistence(_ path: String) throws(FileFailure) {
        guard access(path, F_OK) != 0 else { return }
        throw errno == ENOENT || errno == ENOTDIR
            ? .missing(path: path) : .cannotRead(path: path, .init(rawValue: errno))
    }
}
