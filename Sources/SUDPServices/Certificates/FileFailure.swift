public import SystemPackage

/// What a file stood in the way of.
public enum FileFailure: Error, Hashable, Sendable {
    /// The file is there and must not be replaced.
    case exists(path: String)
    /// The file or directory could not be made or written.
    case cannotWrite(path: String, Errno)
    /// The file is not there.
    case missing(path: String)
    /// The file could not be read.
    case cannotRead(path: String, Errno)
    /// The file is not what it should be; `reason` says why.
    case unusable(path: String, reason: String)
}

extension FileFailure {
    /// A file could not be made or written, by the system's number of the error.
    public static func cannotWrite(path: String, errno: Int32) -> FileFailure {
        .cannotWrite(path: path, Errno(rawValue: errno))
    }

    /// The same failure in the name of the file that the user knows.
    func renamed(_ path: String) -> FileFailure {
        guard case .cannotWrite(_, let error) = self else { return self }
        return .cannotWrite(path: path, error)
    }
}
