internal import Glibc

/// A refusal of the operating system: which operation, and why.
public struct SystemError: Error, Hashable, Sendable {
    /// The error number of `errno.h`.
    public let errno: Int32
    /// What was tried, for example `bind 0.0.0.0:7831`.
    public let operation: String

    /// Makes an error from its number and what was tried.
    public init(errno: Int32, operation: String) {
        self.errno = errno
        self.operation = operation
    }

    /// The system's words for an error number, for example `Address already in use`.
    public static func text(of errno: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress, strerror_r(errno, start, buffer.count) == 0
            else { return "error \(errno)" }
            return String(cString: start)
        }
    }

    /// Makes a system call until no signal interrupts it; throws what it failed with.
    @discardableResult
    static func check<Result: SignedInteger>(
        _ operation: @autoclosure () -> String, _ call: () -> Result
    ) throws(SystemError) -> Result {
        while true {
            let result = call()
            guard result < 0 else { return result }
            let number = Glibc.errno
            if number != EINTR { throw SystemError(errno: number, operation: operation()) }
        }
    }
}

extension SystemError: CustomStringConvertible {
    /// One line without a full stop.
    public var description: String { "\(operation): \(Self.text(of: errno))" }
}

extension SystemError {
    /// ECONNREFUSED: nobody listens at a port.
    static let connectionRefused = ECONNREFUSED
}
