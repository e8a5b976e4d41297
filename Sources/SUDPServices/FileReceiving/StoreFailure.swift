internal import Glibc

/// Why one file cannot be stored.
struct StoreFailure: Error, Hashable {
    /// The system's number for a name that is taken.
    static let taken = EEXIST

    let status: FileStatus
    let reason: String

    init(_ status: FileStatus, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    /// What a failed call means for the file; `action` is what could not be done.
    init(_ action: String, errno error: Int32) {
        let words = String(cString: strerror(error))
        reason = "\(action): \(words)"
        status =
            switch error {
            case ENOSPC, EDQUOT, EFBIG: .noSpace
            case EACCES, EPERM, EROFS, ENOENT, EMFILE, ENFILE, EMLINK: .cannotCreate
            case EEXIST, ENOTEMPTY, ENOTDIR, EISDIR, ELOOP: .exists
            case ENAMETOOLONG, EINVAL: .refused
            default: .cannotWrite
            }
    }
}
