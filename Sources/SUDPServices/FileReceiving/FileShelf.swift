internal import Glibc

/// A transfer does not fit on the disk as a whole.
struct SpaceFailure: Error {
    let path: String
    let reason: String
}

/// Where one session puts its files: the directory, the paths in it, what is nearly in its place.
final class FileShelf {
    static let onlyFiles = StoreFailure(.refused, "only one file can go to standard output")
    static let prefix = "received_"

    var group = CommitGroup()
    private let directory: ReceiveDirectory
    private let options: ReceiveOptions
    /// The name of the directory that the sender has of its own.
    private let client: String?
    private var tree: DestinationTree
    private var hasCheckedSpace = false

    init(directory: ReceiveDirectory, options: ReceiveOptions, client: String?) {
        self.directory = directory
        self.options = options
        self.client = client
        tree = DestinationTree(root: directory.root, base: client)
    }

    /// Requires that the whole transfer fits, unless a part of it is here already.
    func requireSpace(_ byteCount: UInt64, for file: FileAnnouncement) throws {
        guard !hasCheckedSpace else { return }
        hasCheckedSpace = true
        guard let free = directory.root.freeByteCount, byteCount > free,
            let path = try? stored(file.path)
        else { return }
        if let parent = try? tree.directory(path.parent) {
            let isHere = [path.name, PartName.of(path.name)].contains { name in
                (try? parent.status(of: name)) ?? nil != nil
            }
            if isHere { return }
        }
        throw SpaceFailure(
            path: directory.path, reason: "needs \(byteCount) bytes, \(free) are free")
    }

    /// Decides about a file and opens what it needs.
    func decide(
        _ file: FileAnnouncement, isDryRun: Bool, for session: ReceivingSession
    ) throws -> (RelativePath, FileOpening.Decision) {
        let path = try stored(file.path)
        if !isDryRun { try tree.makeBase() }
        let parent: DirectoryHandle?
        do throws(StoreFailure) { parent = try tree.directory(path.parent) } catch {
            guard isDryRun else { throw error }
            parent = nil
        }
        return (path, try opening(isDryRun: isDryRun, session).decide(file, path, in: parent))
    }

    /// Goes on with a file that is, from this chunk on, another than the one of that name.
    func diverge(
        _ file: IncomingFile, from name: String, atChunk count: UInt64,
        for session: ReceivingSession
    ) throws -> IncomingFile {
        try opening(isDryRun: false, session).diverge(
            file, from: name, atChunk: count, in: tree.directory(file.path.parent))
    }

    private func opening(isDryRun: Bool, _ session: ReceivingSession) -> FileOpening {
        FileOpening(
            options: options, isDryRun: isDryRun,
            parts: PartTakeOver(owners: directory.sessions, session: session))
    }

    func makeDirectory(
        _ path: String, isDryRun: Bool
    ) throws(StoreFailure) -> RelativePath {
        let path = try stored(path)
        if !isDryRun {
            try tree.makeBase()
            _ = try tree.directory(path.names, creating: true)
        }
        return path
    }

    func makeLink(
        _ path: String, to target: String, isDryRun: Bool
    ) throws(StoreFailure) -> RelativePath {
        let path = try stored(path)
        guard path.keepsInside(linkTo: target) else {
            throw StoreFailure(.refused, "the link leads out of the directory")
        }
        if isDryRun { return path }
        try tree.makeBase()
        let parent = try tree.directory(path.parent)
        if let error = parent.makeLink(path.name, to: target),
            parent.target(ofLink: path.name) != target
        {
            throw StoreFailure("cannot make the link", errno: error)
        }
        return path
    }

    func commit() -> [CommitGroup.Outcome] {
        group.commit(in: directory.root, &tree)
    }

    /// The attributes that something of a sender gets here.
    func attributes(_ sent: FileAttributes, isDirectory: Bool) -> FileAttributes {
        var attributes = sent
        if !options.preservesAttributes {
            attributes = FileAttributes(permissions: isDirectory ? 0o777 : 0o666, time: .now)
        }
        return attributes.masked(by: directory.permissionMask)
    }

    func forget(_ file: IncomingFile, of session: ReceivingSession) {
        guard let part = file.part else { return }
        directory.sessions.forget(session, name: part.name, in: part.parent)
    }

    /// The path of a file as the user of this side knows it.
    func shownPath(of file: IncomingFile) -> String { shownPath(of: file.path) }

    func shownPath(of path: RelativePath) -> String {
        directory.path == "." ? told(path) : "\(directory.path)/\(told(path))"
    }

    /// The path below the directory of all senders.
    func told(_ path: RelativePath) -> String {
        client.map { "\($0)/\(path.text)" } ?? path.text
    }

    /// The path that a sender's path would be stored as.
    func shownPath(_ path: String) -> String {
        (try? stored(path)).map { shownPath(of: $0) } ?? path
    }

    private func stored(_ path: String) throws(StoreFailure) -> RelativePath {
        let sent = RelativePath(path)
        guard let stored = options.keepsNames ? sent : sent?.withPrefix(Self.prefix) else {
            throw StoreFailure(.refused, "its name is not allowed")
        }
        return stored
    }
}
