/// What is complete but not yet durable and in its place; it gets there together.
///
/// The content is written to the disk before any name is given, and the names before anything is
/// confirmed.
struct CommitGroup {
    /// One thing that is complete.
    enum Item {
        case file(IncomingFile, digest: [UInt8])
        case directory(id: UInt32, RelativePath, FileAttributes)
        case link(id: UInt32, RelativePath)
    }

    /// What became of it.
    struct Outcome {
        let item: Item
        var failure: StoreFailure?
        /// The name that a file has, where it is another than it was to have.
        var name: String?
        var note = ""
    }

    private var items: [Item] = []
    private var byteCount: UInt64 = 0

    var isEmpty: Bool { items.isEmpty }

    var isFull: Bool {
        items.count >= FileLimits.groupFileCount || byteCount >= FileLimits.groupByteCount
    }

    mutating func add(_ item: Item) {
        items.append(item)
        if case .file(let file, _) = item { byteCount &+= file.position }
    }

    /// Brings everything into its place; each item has its own outcome.
    mutating func commit(
        in root: DirectoryHandle, _ tree: inout DestinationTree
    ) -> [Outcome] {
        defer { (items, byteCount) = ([], 0) }
        guard !items.isEmpty else { return [] }
        var outcomes = items.map { Outcome(item: $0) }
        synchronizeContent(&outcomes, root)
        for index in outcomes.indices where outcomes[index].failure == nil {
            do throws(StoreFailure) {
                (outcomes[index].name, outcomes[index].note) = try Self.place(
                    outcomes[index].item, &tree)
            } catch {
                outcomes[index].failure = error
            }
        }
        synchronizeNames(&outcomes, root)
        return outcomes
    }

    private func synchronizeContent(_ outcomes: inout [Outcome], _ root: DirectoryHandle) {
        let isAlone = items.count == 1
        let error = isAlone ? nil : root.synchronizeFileSystem()
        let rootDevice = root.device
        for index in outcomes.indices {
            guard case .file(let file, _) = outcomes[index].item, let part = file.part else {
                continue
            }
            if let error {
                outcomes[index].failure = StoreFailure("cannot write it", errno: error)
            } else if isAlone || part.device != rootDevice {
                do throws(StoreFailure) { try part.synchronize() } catch {
                    outcomes[index].failure = error
                }
            }
        }
    }

    private func synchronizeNames(_ outcomes: inout [Outcome], _ root: DirectoryHandle) {
        var error: Int32?
        if items.count == 1, case .file(let file, _) = items[0], let part = file.part {
            error = part.parent.synchronize()
        } else {
            error = root.synchronizeFileSystem()
        }
        guard let error else { return }
        for index in outcomes.indices where outcomes[index].failure == nil {
            outcomes[index].failure = StoreFailure("cannot write its directory", errno: error)
        }
    }

    /// Gives an item its name or its attributes; tells another name that it got, and the note says
    /// what is worth saying.
    private static func place(
        _ item: Item, _ tree: inout DestinationTree
    ) throws(StoreFailure) -> (name: String?, note: String) {
        switch item {
        case .link: return (nil, "")
        case .directory(_, let path, let attributes):
            try tree.directory(path.names).apply(attributes)
            return (nil, "")
        case .file(let file, let digest):
            guard let part = file.part else { return (nil, "") }
            return try place(part, of: file, digest: digest)
        }
    }

    private static func place(
        _ part: PartFile, of file: IncomingFile, digest: [UInt8]
    ) throws(StoreFailure) -> (name: String?, note: String) {
        let name = file.path.name
        switch file.goal {
        case .replace:
            if let error = part.parent.rename(part.name, to: name, replacing: true) {
                throw StoreFailure("cannot replace what is there", errno: error)
            }
            return (nil, "replaced")
        case .create:
            guard let error = part.parent.rename(part.name, to: name, replacing: false) else {
                return (nil, "")
            }
            part.discard()
            throw StoreFailure("cannot give it its name", errno: error)
        case .createNumbered:
            return try placeNumbered(part, of: file, digest: digest)
        }
    }

    private static func placeNumbered(
        _ part: PartFile, of file: IncomingFile, digest: [UInt8]
    ) throws(StoreFailure) -> (name: String?, note: String) {
        for name in NumberedNames(file.path.name) {
            let error = part.parent.rename(part.name, to: name, replacing: false)
            guard let error else {
                return (name, name == file.path.name ? "" : "renamed to \(name)")
            }
            guard error == StoreFailure.taken else {
                throw StoreFailure("cannot give it its name", errno: error)
            }
            if let status = try part.parent.status(of: name), file.announcement.isLike(status),
                let digests = part.parent.digests(of: name, size: file.announcement.size),
                StoredContent.whole(digests) == digest
            {
                part.discard()
                return (name, IncomingFile.note(sameAs: name, file.path))
            }
        }
        throw StoreFailure(.exists, "there are too many of that name")
    }
}
