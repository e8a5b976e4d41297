internal import Glibc

/// What symbolic links hold.
enum LinkTarget {
    /// What the link of this name holds; nil, with errno set, when it cannot be read, and for what
    /// is not UTF-8.
    static func read(_ name: String, in directory: Int32 = AT_FDCWD) -> String? {
        var bytes = [CChar](repeating: 0, count: FileLimits.pathByteCount + 1)
        let count = readlinkat(directory, name, &bytes, bytes.count)
        guard count >= 0 else { return nil }
        errno = EILSEQ
        return String(validating: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
