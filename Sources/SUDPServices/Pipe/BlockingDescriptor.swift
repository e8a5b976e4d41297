internal import Glibc
internal import SUDPTransport
internal import SystemPackage

/// A descriptor of the outside world, such as a pipe, file or terminal, in blocking mode.
struct BlockingDescriptor: Sendable {
    // F_SETPIPE_SZ of fcntl(2), which glibc hides without _GNU_SOURCE.
    private static let setPipeSize: Int32 = 1031

    let descriptor: FileDescriptor

    /// Takes the descriptor and lets it hold 1 MiB where it is a pipe and the system allows it.
    init(_ number: Int32) {
        descriptor = FileDescriptor(rawValue: number)
        _ = fcntl(number, Self.setPipeSize, 1 << 20)
    }

    /// Whether it is a terminal.
    var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

    /// Reads at most as much as fits; blocks until there is something; 0 is the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
        while true {
            let count = Glibc.read(descriptor.rawValue, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            try waitAfterFailure(for: Int16(POLLIN))
        }
    }

    /// Whether a read would not block, once there is something or the time is over.
    ///
    /// A read of what is not open for reading fails at once, where poll(2) would wait for ever.
    func isReadable(within limit: Duration) -> Bool {
        guard fcntl(descriptor.rawValue, F_GETFL) & O_ACCMODE != O_WRONLY else { return true }
        var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, Int32(limit / .milliseconds(1))) > 0
    }

    /// Writes some bytes of the block; blocks until there is room.
    func write(_ block: ByteBlock) throws(Errno) -> Int {
        while true {
            let count = block.withUnsafeBytes {
                Glibc.write(descriptor.rawValue, $0.baseAddress, $0.count)
            }
            if count >= 0 { return count }
            try waitAfterFailure(for: Int16(POLLOUT))
        }
    }

    /// Closes it; the device's last error comes out here.
    func close() throws(Errno) {
        // close(2): Linux has freed the descriptor even when the call was interrupted.
        if Glibc.close(descriptor.rawValue) != 0, errno != EINTR { throw Errno(rawValue: errno) }
    }

    /// Returns where the call may be made again: a neighbour in the pipeline may have set
    /// O_NONBLOCK on the descriptor that it shares with this process.
    private func waitAfterFailure(for events: Int16) throws(Errno) {
        let error = Errno(rawValue: errno)
        guard error != .interrupted else { return }
        guard error == .wouldBlock else { throw error }
        var request = pollfd(fd: descriptor.rawValue, events: events, revents: 0)
        _ = poll(&request, 1, -1)
    }
}
