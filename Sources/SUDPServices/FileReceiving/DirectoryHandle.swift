internal import CLinuxFiles
internal import Glibc
internal import SUDPTransport

/// An open directory; what is done by its descriptor happens in it, wherever its name leads now.
final class DirectoryHandle: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens a directory by the path that the user gave.
    static func open(path: String) -> DirectoryHandle? {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        return descriptor < 0 ? nil : DirectoryHandle(descriptor)
    }

    /// Opens a directory in this one, never through a link; makes it where asked to.
    func directory(_ name: String, creating: Bool) throws(StoreFailure) -> DirectoryHandle {
        if creating, mkdirat(descriptor, name, 0o700) != 0, errno != EEXIST {
            throw StoreFailure("cannot make the directory", errno: errno)
        }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = openat(descriptor, name, flags)
        guard opened >= 0 else { throw StoreFailure("cannot enter the directory", errno: errno) }
        return DirectoryHandle(opened)
    }

    /// Makes a directory for whom umask(2) lets in, and makes it durable, unless it is there.
    func makeDirectory(_ name: String) throws(StoreFailure) {
        let isNew = mkdirat(descriptor, name, 0o777) == 0
        guard isNew || errno == EEXIST else {
            throw StoreFailure("cannot make the directory", errno: errno)
        }
        guard isNew, let error = synchronize() else { return }
        throw StoreFailure("cannot write the directory", errno: error)
    }

    /// What is there under a name, be it a link; nil when nothing is.
    func status(of name: String) throws(StoreFailure) -> stat? {
        var status = stat()
        if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
        guard errno == ENOENT else { throw StoreFailure("cannot look at it", errno: errno) }
        return nil
    }

    /// Gives a file of this directory another name; EEXIST where that is taken and not replaced.
    func rename(_ name: String, to newName: String, replacing: Bool) -> Int32? {
        if replacing {
            return renameat(descriptor, name, descriptor, newName) == 0 ? nil : errno
        }
        if sudp_rename_exclusively(descriptor, name, descriptor, newName) == 0 { return nil }
        guard errno == EINVAL || errno == ENOSYS else { return errno }
        // A file system without RENAME_NOREPLACE.
        guard linkat(descriptor, name, descriptor, newName, 0) == 0 else { return errno }
        unlinkat(descriptor, name, 0)
        return nil
    }

    /// Gives the directory the permissions and the time that it will have.
    func apply(_ attributes: FileAttributes) throws(StoreFailure) {
        guard fchmod(descriptor, mode_t(attributes.permissions)) == 0,
            futimens(descriptor, attributes.time.pair) == 0
        else { throw StoreFailure("cannot set its permissions and time", errno: errno) }
    }

    /// Makes a link in it; nothing is replaced.
    func makeLink(_ name: String, to target: String) -> Int32? {
        symlinkat(target, descriptor, name) == 0 ? nil : errno
    }

    /// Where a link leads; nil when there is none.
    func target(ofLink name: String) -> String? {
        LinkTarget.read(name, in: descriptor)
    }

    /// The digests of a regular file's chunks; nil when it cannot be read.
    func digests(of name: String, size: UInt64) -> [[UInt8]]? {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return StoredContent.digests(of: file, size: size)
    }

    /// Writes the first chunks of a regular file, which must have these digests, to a part.
    func copyChunks(
        _ digests: ArraySlice<[UInt8]>, of name: String, to part: PartFile
    ) throws(StoreFailure) {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw StoreFailure("cannot read \(name)", errno: errno) }
        defer { close(file) }
        try StoredContent.forEachChunk(digests, of: file, upTo: .max) {
            chunk, _, offset throws(StoreFailure) in
            try part.write(chunk, at: offset)
        }
    }

    /// The SHA-256 of a regular file's bytes, whose chunks must have these digests.
    func checksum(
        of name: String, _ digests: [[UInt8]], size: UInt64
    ) throws(StoreFailure) -> [UInt8] {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw StoreFailure("cannot read \(name)", errno: errno) }
        defer { close(file) }
        var hash = SHA256()
        try StoredContent.forEachChunk(digests[...], of: file, upTo: size) { chunk, _, _ in
            hash.update(chunk)
        }
        return hash.finalize()
    }

    /// The number of its file system.
    var device: dev_t {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status.st_dev : 0
    }

    func remove(_ name: String) {
        unlinkat(descriptor, name, 0)
    }

    /// Makes the names in it durable.
    func synchronize() -> Int32? { fsync(descriptor) == 0 ? nil : errno }

    /// Makes everything on its file system durable.
    func synchronizeFileSystem() -> Int32? { sudp_syncfs(descriptor) == 0 ? nil : errno }

    /// Bytes that this process may still store.
    var freeByteCount: UInt64? {
        var status = statvfs()
        guard fstatvfs(descriptor, &status) == 0 else { return nil }
        let blocks = geteuid() == 0 ? status.f_bfree : status.f_bavail
        return UInt64(blocks).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue
    }
}
