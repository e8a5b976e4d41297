internal import Glibc

/// The names that a file may get where its own is taken: NAME, NAME.1, NAME.2 and so on.
struct NumberedNames: Sequence {
    private static let limit = 10_000

    private let name: String

    init(_ name: String) {
        self.name = name
    }

    func makeIterator() -> some IteratorProtocol<String> {
        (0..<Self.limit).lazy.map { [name] in $0 == 0 ? name : "\(name).\($0)" }
            .prefix(while: RelativePath.isAllowed).makeIterator()
    }

    /// What would be done with a file, for a dry run.
    func plan(
        _ file: FileAnnouncement, in parent: DirectoryHandle
    ) throws(StoreFailure) -> String {
        var alike: String?
        for name in self {
            guard let status = try parent.status(of: name) else {
                let plan = name == self.name ? "create" : "create as \(name)"
                return alike.map { "keep \($0) when it is the same, or else \(plan)" } ?? plan
            }
            if alike == nil, file.isLike(status) { alike = name }
        }
        return "refuse: there are too many of that name"
    }

    /// The first one that a file of this size and time has, with the digests of its chunks.
    func firstAlike(
        _ file: FileAnnouncement, in parent: DirectoryHandle
    ) throws(StoreFailure) -> (name: String, digests: [[UInt8]])? {
        for name in self {
            guard let status = try parent.status(of: name) else { return nil }
            guard file.isLike(status),
                let digests = parent.digests(of: name, size: file.size),
                UInt64(digests.count) == FileLimits.chunkCount(file.size)
            else { continue }
            return (name, digests)
        }
        return nil
    }
}

extension FileAnnouncement {
    /// Whether a file of the receiver is regular and has the announced size and time.
    func isLike(_ status: stat) -> Bool {
        hasKnownSize && status.st_mode & S_IFMT == S_IFREG
            && UInt64(clamping: status.st_size) == size
            && FileTime(status.st_mtim) == attributes.time
    }

    /// Whether the digests of so many chunks fit into an offer.
    var fitsOffer: Bool {
        hasKnownSize && size / UInt64(FileLimits.chunkByteCount) < FileLimits.offeredChunkCount
    }
}
