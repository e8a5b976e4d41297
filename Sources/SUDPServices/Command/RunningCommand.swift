internal import Glibc
internal import Synchronization

/// A command that was started as the leader of a process group and is not yet reaped.
final class RunningCommand: Sendable {
    /// The two streams of a pipe.
    enum Stream: Hashable, Sendable {
        case input
        case output
    }

    /// How long a command may take to end after SIGTERM.
    static let grace = Duration.seconds(1)

    private let processID: pid_t
    private let ended = Mutex<Set<Stream>>([])

    init(processID: pid_t) {
        self.processID = processID
    }

    /// Notes that a stream has ended.
    func streamEnded(_ stream: Stream) {
        ended.withLock { _ = $0.insert(stream) }
    }

    /// Notes that a stream has ended well; when it is the second one, blocks until the command
    /// has ended and tells whether a signal killed it.
    func streamFinished(_ stream: Stream) -> PipeFailure? {
        let isLast = ended.withLock { ended in
            ended.insert(stream)
            return ended.count == 2
        }
        return isLast ? waitForEnd() : nil
    }

    /// Ends the whole process group: SIGTERM, then SIGKILL after the command itself has ended or
    /// the grace is over.
    func terminate() async {
        kill(-processID, SIGTERM)
        await withTaskGroup(of: Void.self) { group in
            let exit = DedicatedThread { _ = self.waitForEnd() }
            group.addTask { await exit?.value }
            group.addTask { try? await Task.sleep(for: Self.grace) }
            await group.next()
            kill(-self.processID, SIGKILL)
            group.cancelAll()
        }
    }

    /// Blocks until the command has ended, and leaves it to be reaped.
    private func waitForEnd() -> PipeFailure? {
        var information = siginfo_t()
        while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0 {
            guard errno == EINTR else { return nil }
        }
        let wasKilled = information.si_code == CLD_KILLED || information.si_code == CLD_DUMPED
        return wasKilled ? .commandKilled(signal: information._sifields._sigchld.si_status) : nil
    }
}
