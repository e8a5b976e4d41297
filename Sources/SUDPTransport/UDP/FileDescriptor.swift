internal import Glibc

/// An open file descriptor above the standard streams; closed with its owner.
final class FileDescriptor: Sendable {
    let number: Int32

    /// Takes over what `open` returns, which must have close-on-exec set.
    ///
    /// It is moved above 2, so that it never stands in for a closed standard stream.
    init(
        _ operation: @autoclosure () -> String, open: () -> Int32
    ) throws(SystemError) {
        let opened = try SystemError.check(operation(), open)
        guard opened <= STDERR_FILENO else {
            number = opened
            return
        }
        defer { close(opened) }
        number = try SystemError.check(operation()) {
            fcntl(opened, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        }
    }

    deinit { close(number) }
}
