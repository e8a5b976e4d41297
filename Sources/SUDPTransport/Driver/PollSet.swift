internal import CLinuxUDP
internal import Glibc
internal import SUDPProtocol

/// What a driver waits for: its sockets and its mailbox.
final class PollSet {
    private let entries: UnsafeMutablePointer<pollfd>
    private let count: Int
    private var callCount: UInt64 = 0

    /// Waits for the mailbox's descriptor and the sockets' ones.
    init(mailbox: Int32, sockets: [UDPSocket]) {
        let descriptors = [mailbox] + sockets.map(\.descriptor)
        count = descriptors.count
        entries = .allocate(capacity: count)
        for (index, descriptor) in descriptors.enumerated() {
            (entries + index).initialize(
                to: pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
    }

    deinit { entries.deallocate() }

    /// Waits for a socket to be readable, writable, or both.
    func want(readable: Bool, writable: Bool, socket index: Int) {
        entries[index + 1].events = Int16((readable ? POLLIN : 0) | (writable ? POLLOUT : 0))
    }

    /// Waits for an event, at most for `limit`; without end when that is nil.
    func wait(atMost limit: TimeSpan?) throws(SystemError) {
        let nanoseconds = limit.map { Int64(clamping: $0.nanoseconds) } ?? -1
        callCount &+= 1
        guard sudp_ppoll(entries, UInt32(count), nanoseconds) < 0 else { return }
        // Nothing is ready after a signal: the next turn waits for the rest of the time.
        for index in 0..<count { entries[index].revents = 0 }
        if errno != EINTR { throw SystemError(errno: errno, operation: "wait for datagrams") }
    }

    /// The system calls since this was asked last.
    func takeCallCount() -> UInt64 {
        defer { callCount = 0 }
        return callCount
    }

    /// Whether the mailbox's descriptor is readable.
    var isMailboxReady: Bool { entries[0].revents != 0 }

    /// Whether the socket has datagrams or reports.
    func isReadable(socket index: Int) -> Bool {
        Int32(entries[index + 1].revents) & (POLLIN | POLLERR) != 0
    }

    /// Whether the socket has reports of peers that cannot be reached.
    func hasReports(socket index: Int) -> Bool {
        Int32(entries[index + 1].revents) & POLLERR != 0
    }

    /// Whether the socket takes datagrams again.
    func isWritable(socket index: Int) -> Bool {
        Int32(entries[index + 1].revents) & POLLOUT != 0
    }
}
