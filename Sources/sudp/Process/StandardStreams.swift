import Glibc
import SUDPServices

/// The descriptors 0, 1 and 2 of this process.
enum StandardStreams {
    /// Fills the places of closed descriptors, so that no socket takes one, and has failed writes
    /// give errors instead of signals.
    ///
    /// A closed input reads as empty; a closed output cannot be written. Must run first.
    static func prepare() {
        wasInputClosed = fcntl(STDIN_FILENO, F_GETFD) < 0
        for (descriptor, access) in [
            (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY),
            (STDERR_FILENO, O_WRONLY),
        ] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", access)
        }
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Throws when the program was started without a standard input, and its emptiness means
    /// nothing.
    static func requireInput() throws(PipeFailure) {
        if wasInputClosed { throw .inputFailed(name: "standard input", error: "it is closed") }
    }

    /// Standard input.
    static var input: PipeInput {
        PipeInput(descriptor: STDIN_FILENO, name: "standard input")
    }

    /// Standard output; `closesAtEnd` when it ends with the connection.
    static func output(closesAtEnd: Bool) -> PipeOutput {
        PipeOutput(
            descriptor: STDOUT_FILENO, name: "standard output", closesAtEnd: closesAtEnd)
    }

    /// Writes a result to standard output.
    static func writeResult(_ text: String) throws {
        guard let error = write(text, to: STDOUT_FILENO) else { return }
        if error == EPIPE { throw PipeFailure.outputClosed }
        throw PipeFailure.outputFailed(
            name: "standard output", error: String(cString: strerror(error)))
    }

    /// Writes a message to standard error; where that fails nobody can be told.
    static func writeMessage(_ text: String) {
        _ = write(text, to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            bytes = bytes.dropFirst(count)
        }
        return nil
    }
}

// Set once, before there are threads.
nonisolated(unsafe) private var wasInputClosed = false
