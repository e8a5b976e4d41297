internal import CLinuxUDP
internal import Glibc

/// A descriptor that becomes readable when another thread wants attention.
final class WakeEvent: Sendable {
    private let file: FileDescriptor

    init() throws(SystemError) {
        file = try FileDescriptor("make an event descriptor") {
            eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        }
    }

    /// The descriptor to wait on.
    var descriptor: Int32 { file.number }

    /// Makes the descriptor readable.
    func signal() {
        var one: UInt64 = 1
        while write(descriptor, &one, MemoryLayout<UInt64>.size) < 0, errno == EINTR {}
    }

    /// Makes the descriptor wait for the next signal.
    func clear() {
        var count: UInt64 = 0
        while read(descriptor, &count, MemoryLayout<UInt64>.size) < 0, errno == EINTR {}
    }
}
