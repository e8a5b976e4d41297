internal import Glibc

/// A short text file, such as a certificate.
enum TextFile {
    /// The longest file that is read, in bytes.
    static let byteCountLimit = 10 * 1024 * 1024

    /// Reads a whole file of at most `byteCountLimit` bytes.
    static func read(_ path: String) throws(SystemError) -> String {
        let file = try FileDescriptor("open \(path)") { open(path, O_RDONLY | O_CLOEXEC) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = try SystemError.check("read \(path)") {
                Glibc.read(file.number, &piece, piece.count)
            }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
            guard bytes.count <= byteCountLimit else {
                throw SystemError(errno: EFBIG, operation: "read \(path)")
            }
        }
    }
}
