import SUDPServices
import Synchronization

/// Where a command prints what it was asked for: standard output, unless that has the payload.
final class ResultOutput: Sendable {
    private let isStandardOutput: Bool
    private let failure = Mutex<(any Error)?>(nil)

    init(isStandardOutput: Bool) {
        self.isStandardOutput = isStandardOutput
    }

    /// Prints a line; nothing more once that has failed.
    func print(_ line: String) {
        guard isStandardOutput else { return StandardStreams.writeMessage(line + "\n") }
        failure.withLock { failure in
            guard failure == nil else { return }
            do { try StandardStreams.writeResult(line + "\n") } catch { failure = error }
        }
    }

    /// Throws why not everything could be printed.
    func requireComplete() throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
