internal import Glibc

/// A command that was started as the leader of a process group and is not yet reaped.
struct RunningCommand: Sendable {
    /// How long a command may take to end after SIGTERM.
    static let grace = Duration.seconds(1)

    private let processID: pid_t

    init(processID: Int32) {
        self.processID = processID
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

    /// Blocks until the command has ended, and leaves it to be reaped; tells whether a signal
    /// killed it.
    func waitForEnd() -> PipeFailure? {
        var information = siginfo_t()
        while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0 {
            guard errno == EINTR else { return nil }
        }
        let wasKilled = information.si_code == CLD_KILLED || information.si_code == CLD_DUMPED
        return wasKilled ? .commandKilled(signal: information._sifields._sigchld.si_status) : nil
    }
}
