internal import Glibc
internal import SystemPackage

/// A file that tells a script which port was taken.
public enum PortFile {
    /// Writes the port and a newline; a reader sees all of it or nothing.
    ///
    /// A regular file is replaced; a FIFO or device is written to.
    public static func write(_ port: UInt16, to path: String) throws(FileFailure) {
        let text = "\(port)\n"
        if isSpecial(path) { return try append(text, to: path) }
        let temporary = "\(path).\(getpid())"
        SmallFile.remove(temporary)
        do {
            try SmallFile.create(temporary, text, permissions: FilePermissions(rawValue: 0o644))
            try SmallFile.rename(temporary, to: path)
        } catch {
            SmallFile.remove(temporary)
            throw error.renamed(path)
        }
    }

    private static func isSpecial(_ path: String) -> Bool {
        var status = Glibc.stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
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
