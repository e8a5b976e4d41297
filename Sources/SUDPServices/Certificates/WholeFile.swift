internal import Glibc
internal import SystemPackage

/// A file for others to read: a reader sees all of its text or nothing.
public enum WholeFile {
    /// Writes the text; a regular file is replaced, a FIFO or device is written to.
    ///
    /// A link stays one: what it leads to is replaced.
    public static func write(_ text: String, to path: String) throws(FileFailure) {
        if isSpecial(path) { return try append(text, to: path) }
        let target = target(of: path)
        let temporary = temporary(target)
        do {
            try SmallFile.create(temporary, text, permissions: FilePermissions(rawValue: 0o644))
            try SmallFile.rename(temporary, to: target)
        } catch {
            SmallFile.remove(temporary)
            throw error.renamed(path)
        }
    }

    /// Fails where a file could not be written, and leaves nothing behind.
    public static func checkWritable(_ path: String) throws(FileFailure) {
        guard !isSpecial(path) else { return }
        guard !isDirectory(path) else { throw .cannotWrite(path: path, Errno.isDirectory) }
        guard !path.isEmpty else { throw .cannotWrite(path: "''", Errno.noSuchFileOrDirectory) }
        let temporary = temporary(target(of: path))
        do {
            try SmallFile.create(temporary, "", permissions: FilePermissions(rawValue: 0o644))
            SmallFile.remove(temporary)
        } catch {
            throw error.renamed(path)
        }
    }

    /// The name before the file has its own; what a killed process of this number left is removed.
    private static func temporary(_ path: String) -> String {
        let name = "\(path).\(getpid())"
        SmallFile.remove(name)
        return name
    }

    /// The file that a link leads to: `/dev/stdout` must not become a file.
    private static func target(of path: String) -> String {
        var status = Glibc.stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
            let resolved = realpath(path, nil)
        else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isDirectory(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

    /// Whether it is a FIFO or a device, which is written to and not replaced.
    static func isSpecial(_ path: String) -> Bool {
        kind(of: path).map { $0 != S_IFREG && $0 != S_IFDIR } ?? false
    }

    private static func kind(of path: String) -> mode_t? {
        var status = Glibc.stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private static func append(_ text: String, to path: String) throws(FileFailure) {
        do {
            let descriptor = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
            _ = try descriptor.closeAfter { try descriptor.writeAll(text.utf8) }
        } catch {
            throw .cannotWrite(path: path, error as? Errno ?? .ioError)
        }
    }
}
