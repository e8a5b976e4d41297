internal import Glibc
internal import SystemPackage

/// The directory below which files are received; nothing outside it is touched.
public struct ReceiveDirectory: Sendable {
    /// The path that the user knows.
    public let path: String
    let root: DirectoryHandle
    let sessions = PartOwners()
    /// What files and directories are not given, whatever a sender says.
    let permissionMask: PermissionMask

    /// Opens the directory, which must be there.
    public init(_ path: String) throws(FileFailure) {
        self.path = path
        guard let root = DirectoryHandle.open(path: path) else {
            throw errno == ENOENT
                ? .missing(path: path) : .cannotWrite(path: path, Errno(rawValue: errno))
        }
        self.root = root
        permissionMask = .current
        Self.raiseDescriptorLimit()
    }

    /// A group of complete files stays open until it is durable, for every sender.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 1 << 16)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
