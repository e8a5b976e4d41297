internal import Glibc
internal import SUDPTransport
internal import Synchronization
internal import SystemPackage

/// A new file on the disk that takes a download, and how long that took.
///
/// It has no name any more once it is open, so that nothing of it stays, however this process ends.
final class LoadSink: Sendable {
    private let path: String
    private let descriptor: Int32
    private let byteCount = Atomic<UInt64>(0)
    private let nanoseconds = Atomic<UInt64>(0)

    /// Makes the file; one that is there stays as it is.
    init(_ path: String) throws(FileFailure) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        let descriptor = open(path, flags, S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .exists(path: path) : .cannotWrite(path: path, errno: errno)
        }
        self.path = path
        self.descriptor = descriptor
        unlink(path)
    }

    deinit { close(descriptor) }

    /// What was written so far.
    var disk: BenchDisk {
        BenchDisk(
            byteCount: byteCount.load(ordering: .relaxed),
            seconds: Double(nanoseconds.load(ordering: .relaxed)) / 1e9)
    }

    /// Writes what comes until the peer's stream ends.
    func takeAll(from stream: some LoadStream) throws {
        var unsynced = 0
        try stream.receive { bytes in
            try timed { write(bytes) }
            byteCount.add(UInt64(clamping: bytes.count), ordering: .relaxed)
            unsynced += bytes.count
            guard unsynced >= BenchConstants.unsyncedByteCount else { return true }
            unsynced = 0
            try timed { sync() }
            return true
        }
        try timed { sync() }
    }

    /// Counts the time of a call that returns an error number, 0 for success.
    private func timed(_ call: () -> Int32) throws(BenchFailure) {
        let start = ProcessUsage.clock
        let error = call()
        nanoseconds.add(ProcessUsage.clock &- start, ordering: .relaxed)
        guard error == 0 else {
            throw .diskFailed(path: path, reason: Errno(rawValue: error).description)
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let buffer = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }

    private func sync() -> Int32 {
        while fdatasync(descriptor) != 0 {
            if errno != EINTR { return errno }
        }
        return 0
    }
}
