internal import CLinuxFiles
internal import Glibc
internal import SUDPTransport

/// A regular file that is sent, as it was when it was opened.
final class SourceFile {
    let path: SourcePath
    let size: UInt64
    let attributes: FileAttributes
    let isSparse: Bool
    private let descriptor: Int32
    private let opened: stat

    /// Opens a file, but neither a link in its place nor anything that could block.
    init(_ path: SourcePath) throws(FileProblem) {
        let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | (path.followsLinks ? 0 : O_NOFOLLOW)
        let descriptor = open(path.local, flags)
        guard descriptor >= 0 else { throw .reading(path.local, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unusable(path.local, "it is no regular file")
        }
        self.path = path
        self.descriptor = descriptor
        opened = status
        size = UInt64(clamping: status.st_size)
        attributes = FileAttributes(status)
        isSparse = Int64(status.st_blocks) &* 512 < Int64(status.st_size)
    }

    deinit { close(descriptor) }

    var chunkCount: UInt64 { FileLimits.chunkCount(size) }

    func byteCount(ofChunk chunk: UInt64) -> Int {
        let offset = chunk &* UInt64(FileLimits.chunkByteCount)
        guard chunk < chunkCount else { return 0 }
        return Int(min(size - offset, UInt64(FileLimits.chunkByteCount)))
    }

    /// Fills the buffer from the start of a chunk; throws when the file has become shorter.
    func read(chunk: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(FileProblem) {
        let start = off_t(clamping: chunk &* UInt64(FileLimits.chunkByteCount))
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor, rest.baseAddress, rest.count, start + off_t(done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .reading(path.local, errno) }
            guard count > 0 else { throw .changed(path.local) }
            done += count
        }
    }

    /// How many whole chunks from this one on are holes.
    func holeCount(at chunk: UInt64) -> UInt64 {
        guard isSparse else { return 0 }
        let start = chunk &* UInt64(FileLimits.chunkByteCount)
        let found = sudp_seek_data(descriptor, off_t(clamping: start))
        guard found >= 0 || errno == ENXIO else { return 0 }
        let data = found < 0 ? size : min(UInt64(clamping: found), size)
        return data > start ? (data - start) / UInt64(FileLimits.chunkByteCount) : 0
    }

    /// The bytes of a chunk and their digest; no bytes for one of zeros that is a hole.
    func content(
        ofChunk chunk: UInt64
    ) throws(FileProblem) -> (bytes: ByteBlock?, digest: [UInt8]) {
        if holeCount(at: chunk) > 0 { return (nil, ZeroChunk.digest) }
        let block = ByteBlock(capacity: byteCount(ofChunk: chunk))
        var problem: FileProblem?
        block.append { buffer in
            let part = UnsafeMutableRawBufferPointer(
                rebasing: buffer[..<byteCount(ofChunk: chunk)])
            do throws(FileProblem) { try read(chunk: chunk, into: part) } catch { problem = error }
            return part.count
        }
        if let problem { throw problem }
        return (block, block.withUnsafeBytes { SHA256.digest(of: $0) })
    }

    /// Throws when the file is no longer what it was when it was opened, or another has its name.
    ///
    /// One that was removed is sent all the same. Whoever sets the time of change back cannot do
    /// that with the time of the inode's change, but names that come and go change that, too.
    func requireUnchanged() throws(FileProblem) {
        var now = stat()
        guard fstat(descriptor, &now) == 0, now.st_size == opened.st_size,
            FileTime(now.st_mtim) == FileTime(opened.st_mtim)
        else { throw .changed(path.local) }
        let hasOtherNames = now.st_nlink != opened.st_nlink
        let isTouched = FileTime(now.st_ctim) != FileTime(opened.st_ctim)
        guard fstatat(AT_FDCWD, path.local, &now, path.followsLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0
        else { return }
        guard now.st_ino == opened.st_ino, now.st_dev == opened.st_dev,
            hasOtherNames || !isTouched
        else { throw .changed(path.local) }
    }
}
