internal import Glibc
internal import SUDPTransport

/// Decides what happens with an announced file and opens what it goes to.
struct FileOpening {
    /// What became of an announcement.
    enum Decision {
        case receive(IncomingFile)
        /// Nothing needs to come; the note says why.
        case settled(note: String)
    }

    let options: ReceiveOptions
    let isDryRun: Bool
    let parts: PartTakeOver

    /// Decides about a file at a path in its directory; nil for one that is not there yet.
    func decide(
        _ file: FileAnnouncement, _ path: RelativePath, in parent: DirectoryHandle?
    ) throws -> Decision {
        let existing = try parent?.status(of: path.name)
        let goal = try self.goal(file, path, existing)
        if case .settled(let note) = goal { return .settled(note: note) }
        if isDryRun { return .settled(note: try goal.plan(file, path, parent)) }
        guard let parent else { throw StoreFailure(.cannotCreate, "its directory is not there") }
        switch goal {
        case .compare: return try compare(file, path, in: parent)
        case .write(.createNumbered):
            if file.awaitsOffer, file.fitsOffer,
                let (name, digests) = try NumberedNames(path.name).firstAlike(file, in: parent)
            {
                return try compare(
                    file, path, with: name, digests, in: parent, goal: .createNumbered)
            }
            let part = try parts.openNumbered(path.name, in: parent)
            return .receive(try prepare(file, path, part, .createNumbered))
        case .write(let end):
            let part = try parts.open(PartName.of(path.name), in: parent)
            // Another sender of the same file may have finished while this one waited for the part.
            if existing == nil, try parent.status(of: path.name) != nil {
                part.discard()
                return try decide(file, path, in: parent)
            }
            return .receive(try prepare(file, path, part, end))
        case .settled(let note): return .settled(note: note)
        }
    }

    /// What is to be done about a name.
    private enum Goal {
        case write(IncomingFile.Goal)
        case compare
        case settled(note: String)

        /// What would be done, for a dry run.
        func plan(
            _ file: FileAnnouncement, _ path: RelativePath, _ parent: DirectoryHandle?
        ) throws(StoreFailure) -> String {
            switch self {
            case .write(.create): return "create"
            case .write(.createNumbered):
                guard let parent else { return "create" }
                return try NumberedNames(path.name).plan(file, in: parent)
            case .write(.replace): return "replace"
            case .compare: return "keep when it is the same, or else refuse"
            case .settled(let note): return note
            }
        }
    }

    private func goal(
        _ file: FileAnnouncement, _ path: RelativePath, _ existing: stat?
    ) throws(StoreFailure) -> Goal {
        if options.existing == .rename { return .write(.createNumbered) }
        guard let existing else { return .write(.create) }
        guard existing.st_mode & S_IFMT == S_IFREG else {
            throw StoreFailure(.exists, "something that is no file has its name")
        }
        switch options.existing {
        case .overwrite: return .write(.replace)
        case .skip: return .settled(note: "skipped")
        case .update:
            let isNewer = file.attributes.time > FileTime(existing.st_mtim)
            return isNewer ? .write(.replace) : .settled(note: "skipped")
        default:
            guard file.isLike(existing) else {
                throw StoreFailure(.exists, "exists and is not replaced")
            }
            return .compare
        }
    }

    private func compare(
        _ file: FileAnnouncement, _ path: RelativePath, in parent: DirectoryHandle
    ) throws(StoreFailure) -> Decision {
        guard file.fitsOffer, let digests = parent.digests(of: path.name, size: file.size)
        else {
            throw StoreFailure(.exists, "exists and is not replaced")
        }
        return try compare(file, path, with: path.name, digests, in: parent, goal: .create)
    }

    private func compare(
        _ file: FileAnnouncement, _ path: RelativePath, with name: String, _ digests: [[UInt8]],
        in parent: DirectoryHandle, goal: IncomingFile.Goal
    ) throws(StoreFailure) -> Decision {
        let whole = StoredContent.whole(digests)
        var checksum: [UInt8]?
        if options.checksums != nil {
            checksum = try parent.checksum(of: name, digests, size: file.size)
        }
        let incoming = IncomingFile(
            file, path: path,
            sink: .comparison(name: name, wholeDigest: whole, checksum: checksum), goal: goal,
            withChecksum: false)
        incoming.offered = digests
        return .receive(incoming)
    }

    /// Goes on in a part with a file of which only so many chunks are those of the file that it was
    /// compared with.
    func diverge(
        _ file: IncomingFile, from name: String, atChunk count: UInt64, in parent: DirectoryHandle
    ) throws -> IncomingFile {
        let part = try parts.openNumbered(file.path.name, in: parent)
        try part.resize(to: 0)
        try parent.copyChunks(file.offered.prefix(Int(clamping: count)), of: name, to: part)
        let incoming = IncomingFile(
            file.announcement, path: file.path, sink: .part(part), goal: file.goal,
            withChecksum: options.checksums != nil)
        incoming.offered = file.offered
        return incoming
    }

    private func prepare(
        _ file: FileAnnouncement, _ path: RelativePath, _ part: PartFile,
        _ goal: IncomingFile.Goal
    ) throws(StoreFailure) -> IncomingFile {
        if file.hasKnownSize, !file.isSparse, let free = part.parent.freeByteCount {
            let needed = file.size - min(part.storage, file.size)
            guard needed <= free else {
                if part.size == 0 { part.discard() }
                throw StoreFailure(.noSpace, "needs \(needed) bytes, \(free) are free")
            }
        }
        let incoming = IncomingFile(
            file, path: path, sink: .part(part), goal: goal,
            withChecksum: options.checksums != nil)
        guard file.awaitsOffer, file.hasKnownSize else {
            try part.resize(to: 0)
            return incoming
        }
        let whole = file.size <= part.size ? file.size : part.size
        let chunkByteCount = UInt64(FileLimits.chunkByteCount)
        let kept = whole == file.size ? whole : whole - whole % chunkByteCount
        incoming.offered = part.digests(
            upTo: min(kept, FileLimits.offeredChunkCount * chunkByteCount))
        return incoming
    }
}
