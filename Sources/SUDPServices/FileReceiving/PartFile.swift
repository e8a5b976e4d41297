internal import CLinuxFiles
internal import Glibc
internal import SUDPTransport

/// A file that grows under its hidden name; whoever holds it holds a lock on it.
final class PartFile {
    let parent: DirectoryHandle
    let name: String
    let device: dev_t
    private let descriptor: Int32

    private init(parent: DirectoryHandle, name: String, descriptor: Int32, device: dev_t) {
        self.parent = parent
        self.name = name
        self.descriptor = descriptor
        self.device = device
    }

    deinit { close(descriptor) }

    /// Opens or makes the part; nil when somebody else holds it.
    static func open(_ name: String, in parent: DirectoryHandle) throws(StoreFailure) -> PartFile? {
        while true {
            let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
            let descriptor = openat(parent.descriptor, name, flags, 0o600)
            guard descriptor >= 0 else { throw StoreFailure("cannot make it", errno: errno) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                status.st_nlink <= 1, status.st_uid == geteuid()
            else {
                close(descriptor)
                throw StoreFailure(.exists, "\(name) is in the way and no part of this program's")
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                return nil
            }
            // Whoever held it may have renamed it before the lock was free.
            if let current = try parent.status(of: name), current.st_ino == status.st_ino,
                current.st_dev == status.st_dev
            {
                return PartFile(
                    parent: parent, name: name, descriptor: descriptor, device: status.st_dev)
            }
            close(descriptor)
        }
    }

    /// How much there is.
    var size: UInt64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? UInt64(clamping: status.st_size) : 0
    }

    /// Bytes of the disk that it takes.
    var storage: UInt64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? UInt64(clamping: status.st_blocks) &* 512 : 0
    }

    /// Makes it exactly so long; what is new is a hole.
    func resize(to size: UInt64) throws(StoreFailure) {
        guard let size = off_t(exactly: size) else {
            throw StoreFailure(.noSpace, "it is too large")
        }
        while ftruncate(descriptor, size) != 0 {
            guard errno == EINTR else { throw StoreFailure("cannot write it", errno: errno) }
        }
    }

    /// Writes all the bytes at an offset.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(StoreFailure) {
        guard let start = off_t(exactly: offset) else {
            throw StoreFailure(.noSpace, "it is too large")
        }
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, start + off_t(done))
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                throw StoreFailure("cannot write it", errno: errno)
            }
        }
    }

    /// Lets the disk begin with a range, so that less is left to wait for at the end.
    func startWriting(from offset: UInt64, byteCount: UInt64) {
        _ = sudp_start_writing(descriptor, off_t(clamping: offset), off_t(clamping: byteCount))
    }

    /// Waits until a range is on the disk, and lets its memory go.
    func letGo(from offset: UInt64, byteCount: UInt64) {
        sudp_let_go(descriptor, off_t(clamping: offset), off_t(clamping: byteCount))
    }

    /// The digests of what is there, chunk by chunk, up to `size` bytes.
    func digests(upTo size: UInt64) -> [[UInt8]] {
        StoredContent.digests(of: descriptor, size: min(size, self.size))
    }

    /// Hands out the first chunks, which must have these digests.
    func forEachChunk(
        _ digests: ArraySlice<[UInt8]>, upTo size: UInt64,
        _ body: (UnsafeRawBufferPointer, _ digest: [UInt8]) -> Void
    ) throws(StoreFailure) {
        try StoredContent.forEachChunk(digests, of: descriptor, upTo: size) { chunk, digest, _ in
            body(chunk, digest)
        }
    }

    /// Gives it the permissions and the time that it will have.
    func apply(_ attributes: FileAttributes) throws(StoreFailure) {
        guard fchmod(descriptor, mode_t(attributes.permissions)) == 0,
            futimens(descriptor, attributes.time.pair) == 0
        else { throw StoreFailure("cannot set its permissions and time", errno: errno) }
    }

    func synchronize() throws(StoreFailure) {
        guard fsync(descriptor) == 0 else { throw StoreFailure("cannot write it", errno: errno) }
    }

    func discard() {
        parent.remove(name)
    }
}
