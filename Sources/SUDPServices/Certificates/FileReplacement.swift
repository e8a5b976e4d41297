internal import SystemPackage

/// New files that appear together: when one cannot be written, none is left and the old are back.
struct FileReplacement: ~Copyable {
    private var created: [String] = []
    private var backedUp: [String] = []
    private var isCommitted = false

    /// Writes a file; where one is there it is kept as `.bak` or, unless `replacing`, left alone.
    mutating func write(
        _ path: String, _ text: String, isSecret: Bool, replacing: Bool
    ) throws(FileFailure) {
        if replacing, SmallFile.exists(path) {
            try SmallFile.rename(path, to: path + ".bak")
            backedUp.append(path)
        }
        try SmallFile.create(
            path, text, permissions: FilePermissions(rawValue: isSecret ? 0o600 : 0o644))
        created.append(path)
    }

    /// Keeps the new files.
    consuming func commit() {
        isCommitted = true
    }

    deinit {
        guard !isCommitted else { return }
        for path in created { SmallFile.remove(path) }
        for path in backedUp { try? SmallFile.rename(path + ".bak", to: path) }
    }
}
