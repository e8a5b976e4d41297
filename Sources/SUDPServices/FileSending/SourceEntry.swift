internal import Glibc

/// What a walk over the sources comes by.
enum SourceEntry {
    case file(SourcePath)
    case standardInput(name: String)
    case directory(SourcePath)
    case directoryEnd(SourcePath)
    case link(SourcePath, target: String)
    case leftOut(path: String, reason: String)
    case problem(FileProblem)
}

/// A file or directory of the sender with the path that it has at the receiver.
struct SourcePath {
    let local: String
    let remote: String
    let status: stat
    let followsLinks: Bool

    var attributes: FileAttributes { FileAttributes(status) }

    var size: UInt64 { UInt64(clamping: status.st_size) }
}
