internal import Glibc
internal import SUDPTransport
internal import Synchronization
internal import SystemPackage

/// A file that is read from the disk for an upload, and how long that took.
final class LoadFile: Sendable {
    let path: String
    private let descriptor: Int32
    private let byteCount = Atomic<UInt64>(0)
    private let nanoseconds = Atomic<UInt64>(0)

    /// Opens a regular file, nothing that could block or never end.
    init(_ path: String) throws(FileFailure) {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            let error = Errno(rawValue: errno)
            throw error == .noSuchFileOrDirectory
                ? .missing(path: path) : .cannotRead(path: path, error)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw status.st_mode & S_IFMT == S_IFDIR
                ? .cannotRead(path: path, .isDirectory)
                : .unusable(path: path, reason: "it is no regular file")
        }
        guard status.st_size > 0 else {
            close(descriptor)
            throw .unusable(path: path, reason: "it is empty")
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// What was read so far.
    var disk: BenchDisk {
        BenchDisk(
            byteCount: byteCount.load(ordering: .relaxed),
            seconds: Double(nanoseconds.load(ordering: .relaxed)) / 1e9)
    }

    /// Asks the system to read the file from the disk, not from what it has of it in memory.
    func forgetCached() {
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    }

    /// Writes what is left of the file in blocks; `pace` is called before each with its size.
    func write(
        to stream: some LoadStream, blockByteCount: Int, pace: (Int) -> Void
    ) throws {
        while let block = try read(max(blockByteCount, 1)) {
            pace(block.count)
            try stream.blockingWrite(block)
        }
    }

    /// The next block; nil at the end of the file.
    private func read(_ size: Int) throws(FileFailure) -> ByteBlock? {
        let block = ByteBlock(capacity: size)
        var problem: Errno?
        let start = ProcessUsage.clock
        block.append { memory in
            let count = Self.read(descriptor, memory, atMost: size)
            if count < 0 { problem = Errno(rawValue: errno) }
            return max(count, 0)
        }
        nanoseconds.add(ProcessUsage.clock &- start, ordering: .relaxed)
        if let problem { throw .cannotRead(path: path, problem) }
        byteCount.add(UInt64(clamping: block.count), ordering: .relaxed)
        return block.count > 0 ? block : nil
    }

    private static func read(
        _ descriptor: Int32, _ memory: UnsafeMutableRawBufferPointer, atMost size: Int
    ) -> Int {
        while true {
            let count = Glibc.read(descriptor, memory.baseAddress, min(memory.count, size))
            if count >= 0 || errno != EINTR { return count }
        }
    }
}
