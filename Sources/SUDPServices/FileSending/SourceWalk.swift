internal import Glibc

/// Goes through the sources, directories before what is in them, and keeps no list of it.
struct SourceWalk {
    let roots: [SourceRoot]
    let exclusions: [String]
    let links: LinkPolicy

    /// Hands out everything that is to be sent; throws what `visit` throws.
    func visitAll(_ visit: (SourceEntry) throws -> Void) throws {
        for root in roots {
            guard !root.isStandardInput else {
                try visit(.standardInput(name: root.name))
                continue
            }
            try walk(root.path, remote: root.name, depth: 1, visit)
        }
    }

    private func walk(
        _ local: String, remote: String, depth: Int, _ visit: (SourceEntry) throws -> Void
    ) throws {
        let followsLinks = links == .follow || depth == 1
        var status = stat()
        let flags = followsLinks ? 0 : AT_SYMLINK_NOFOLLOW
        guard fstatat(AT_FDCWD, local, &status, flags) == 0 else {
            return try visit(.problem(.reading(local, errno)))
        }
        guard RelativePath(remote) != nil else {
            return try visit(.problem(.unusable(local, "its path cannot be stored")))
        }
        let path = SourcePath(
            local: local, remote: remote, status: status, followsLinks: followsLinks)
        switch status.st_mode & S_IFMT {
        case S_IFREG: try visit(.file(path))
        case S_IFDIR: try walkDirectory(path, depth: depth, visit)
        case S_IFLNK: try visit(link(path))
        default: try visit(.problem(.unusable(local, "it is no regular file")))
        }
    }

    private func walkDirectory(
        _ path: SourcePath, depth: Int, _ visit: (SourceEntry) throws -> Void
    ) throws {
        let names: [EntryName]
        do throws(FileProblem) { names = try Self.names(in: path.local) } catch {
            return try visit(.problem(error))
        }
        try visit(.directory(path))
        for name in names {
            guard case .valid(let name) = name else {
                try visit(.problem(name.problem(in: path.local)))
                continue
            }
            let remote = "\(path.remote)/\(name)"
            guard !isExcluded(name, remote) else { continue }
            let separator = path.local.hasSuffix("/") ? "" : "/"
            try walk(path.local + separator + name, remote: remote, depth: depth + 1, visit)
        }
        try visit(.directoryEnd(path))
    }

    private func link(_ path: SourcePath) -> SourceEntry {
        guard links == .copy else { return .leftOut(path: path.local, reason: "it is a link") }
        guard let target = LinkTarget.read(path.local) else {
            return .problem(.reading(path.local, errno))
        }
        guard RelativePath(path.remote)?.keepsInside(linkTo: target) == true
        else { return .leftOut(path: path.local, reason: "the link leads out of the directory") }
        return .link(path, target: target)
    }

    private func isExcluded(_ name: String, _ remote: String) -> Bool {
        exclusions.contains { fnmatch($0, name, 0) == 0 || fnmatch($0, remote, 0) == 0 }
    }

    private static func names(in path: String) throws(FileProblem) -> [EntryName] {
        guard let directory = opendir(path) else { throw .reading(path, errno) }
        defer { closedir(directory) }
        var names: [EntryName] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else {
                if errno != 0 { throw .reading(path, errno) }
                return names
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { EntryName($0) }
            }
            if !name.isOfEveryDirectory { names.append(name) }
        }
    }
}

extension FileProblem {
    /// A source that the system does not let this side read.
    static func reading(_ path: String, _ error: Int32) -> FileProblem {
        let isMissing = error == ENOENT || error == ENOTDIR
        return FileProblem(
            path: path, status: isMissing ? .sourceMissing : .sourceUnreadable,
            reason: isMissing
                ? "is not there" : "cannot read it: \(String(cString: strerror(error)))"
        )
    }

    static func unusable(_ path: String, _ reason: String) -> FileProblem {
        FileProblem(path: path, status: .sourceUnreadable, reason: reason)
    }

    static func changed(_ path: String) -> FileProblem {
        FileProblem(path: path, status: .sourceChanged, reason: "it changed while it was sent")
    }
}
