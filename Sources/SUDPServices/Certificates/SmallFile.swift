internal import Glibc
internal import SystemPackage

/// Reading and writing of files that fit in memory, such as keys and certificates.
public enum SmallFile {
    /// No key or certificate file is larger, in bytes.
    static let maximumByteCount = 1 << 20

    /// The text of a file of at most 1 MiB.
    public static func read(_ path: String) throws(FileFailure) -> String {
        String(decoding: try readBytes(path, atMost: maximumByteCount), as: UTF8.self)
    }

    /// The bytes of a file of at most so many whole KiB.
    static func readBytes(_ path: String, atMost limit: Int) throws(FileFailure) -> [UInt8] {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            defer { try? descriptor.close() }
            var bytes: [UInt8] = []
            while bytes.count <= limit {
                let chunk = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                    count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                guard !chunk.isEmpty else { return bytes }
                bytes += chunk
            }
            let size = limit < 1 << 20 ? "\(limit >> 10) KiB" : "\(limit >> 20) MiB"
            throw FileFailure.unusable(path: path, reason: "it is larger than \(size)")
        } catch let error as FileFailure {
            throw error
        } catch {
            let error = error as? Errno ?? .ioError
            throw error == .noSuchFileOrDirectory
                ? .missing(path: path) : .cannotRead(path: path, error)
        }
    }

    /// Makes a file that was not there, follows no link, and leaves nothing behind on failure.
    static func create(
        _ path: String, _ text: String, permissions: FilePermissions
    ) throws(FileFailure) {
        do {
            let descriptor = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
                permissions: permissions)
            do {
                try descriptor.closeAfter {
                    _ = try descriptor.writeAll(text.utf8)
                    guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
                }
            } catch {
                unlink(path)
                throw error
            }
        } catch {
            let error = error as? Errno ?? .ioError
            throw error == .fileExists ? .exists(path: path) : .cannotWrite(path: path, error)
        }
    }

    /// Whether something of that name is there, be it a dangling link.
    static func exists(_ path: String) -> Bool {
        faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// Whether the group or everybody may read the file.
    public static func isOpenToOthers(_ path: String) -> Bool {
        var status = Glibc.stat()
        return stat(path, &status) == 0 && status.st_mode & (S_IRGRP | S_IROTH) != 0
    }

    /// Gives a file another name; what had that name is gone.
    static func rename(_ path: String, to newPath: String) throws(FileFailure) {
        guard Glibc.rename(path, newPath) == 0 else {
            throw .cannotWrite(path: newPath, Errno(rawValue: errno))
        }
    }

    /// Removes a file; it is no error if it is not there.
    static func remove(_ path: String) {
        unlink(path)
    }

    /// Makes a directory that only its owner can enter, with the directories above it.
    static func createDirectory(_ path: String) throws(FileFailure) {
        let parent = FilePath(path).removingLastComponent()
        if !parent.isEmpty, !exists(parent.string) { try createDirectory(parent.string) }
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw .cannotWrite(path: path, Errno(rawValue: errno))
    }
}
