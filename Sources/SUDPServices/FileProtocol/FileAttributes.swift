internal import Glibc

/// What a file keeps besides its content: permissions and the time of its last change.
struct FileAttributes: Hashable, Sendable {
    /// The nine bits of read, write and execute; never more.
    let permissions: UInt16
    let time: FileTime

    init(permissions: UInt16, time: FileTime) {
        self.permissions = permissions & 0o777
        self.time = time
    }

    init(_ status: stat) {
        self.init(
            permissions: UInt16(truncatingIfNeeded: status.st_mode), time: FileTime(status.st_mtim))
    }
}
