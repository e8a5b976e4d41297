import Glibc
import Synchronization

/// The signals of this process: the first INT or TERM cancels the command, the second one, or a
/// second later, ends the process; QUIT ends it at once; USR1 and HUP call whoever wants them.
///
/// A handler writes each signal into a pipe that the main thread reads: blocking them would not do,
/// because threads of libraries may unblock them.
final class SignalWatch: Sendable {
    /// The watch of this process.
    static let shared = SignalWatch()

    private struct State {
        var received: Int32?
        var onStatus: (@Sendable () -> Void)?
        var onHangup: (@Sendable () -> Void)?
        var onAbort: (@Sendable () -> Void)?
        var isPatient = false
    }

    private static let patienceMilliseconds: Int32 = 1000
    private let state = Mutex(State())

    /// The first signal that asked the process to end.
    var received: Int32? { state.withLock { $0.received } }

    /// Sets what USR1 does.
    func onStatus(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onStatus = action }
    }

    /// Sets what HUP does; without that it ends the process.
    func onHangup(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onHangup = action }
    }

    /// Sets what is done, and must be done soon, before the process ends at once.
    func onAbort(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onAbort = action }
    }

    /// Lets the command take its time after the first signal that asks it to end; a second one ends
    /// it at once all the same.
    func waitForCommand() {
        state.withLock { $0.isPatient = true }
    }

    /// Begins to catch signals.
    func start() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        (signalSource, signalSink) = (ends[0], ends[1])
        // QUIT is caught because Swift takes it for a crash, and tells about every thread.
        for number in [SIGINT, SIGTERM, SIGQUIT, SIGUSR1, SIGHUP]
        where !Self.mustStayIgnored(number) {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = noteSignal
            action.sa_flags = SA_RESTART
            sigaction(number, &action, nil)
            Self.unblock(number)
        }
    }

    /// Whoever started this process may have blocked a signal, and that is inherited.
    private static func unblock(_ number: Int32) {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Takes signals for as long as the process lives; the first one that asks it to end calls
    /// `onEnd`.
    func run(onEnd: () -> Void) -> Never {
        while received == nil {
            if let number = Self.nextSignal(withinMilliseconds: -1) { take(number)?() }
        }
        onEnd()
        let isPatient = state.withLock { $0.isPatient }
        var deadline = isPatient ? -1 : Self.patienceMilliseconds
        while deadline != 0, let number = Self.nextSignal(withinMilliseconds: deadline) {
            if asksToEnd(number) {
                if isatty(STDERR_FILENO) == 1 { StandardStreams.writeMessage("\n") }
                state.withLock { $0.onAbort }?()
                Self.die(by: number)
            }
            if !isPatient { deadline /= 2 }
        }
        state.withLock { $0.onAbort }?()
        Self.die(by: received ?? SIGTERM)
    }

    private func take(_ number: Int32) -> (@Sendable () -> Void)? {
        if number == SIGQUIT { Self.die(by: number) }
        return state.withLock { state in
            if number == SIGUSR1 { return state.onStatus }
            if number == SIGHUP, let action = state.onHangup { return action }
            state.received = number
            return nil
        }
    }

    private func asksToEnd(_ number: Int32) -> Bool {
        number != SIGUSR1 && (number != SIGHUP || state.withLock { $0.onHangup == nil })
    }

    private static func nextSignal(withinMilliseconds limit: Int32) -> Int32? {
        var request = pollfd(fd: signalSource, events: Int16(POLLIN), revents: 0)
        var number: UInt8 = 0
        while true {
            let count = poll(&request, 1, limit)
            if count == 0 { return nil }
            if count > 0, read(signalSource, &number, 1) == 1 { return Int32(number) }
        }
    }

    /// Ends the process as the signal would have, so that the shell sees it.
    static func die(by number: Int32) -> Never {
        TerminalMode.restore()
        signal(number, SIG_DFL)
        raise(number)
        _exit(128 &+ number)
    }

    /// nohup(1) has HUP ignored, and a shell has QUIT ignored in the background; both mean it.
    private static func mustStayIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        return [SIGHUP, SIGQUIT].contains(number) && handler == 1
    }
}

// The ends of the pipe; set once, before the handler is installed.
nonisolated(unsafe) private var signalSource: Int32 = -1
nonisolated(unsafe) private var signalSink: Int32 = -1

/// The handler: write(2) is async-signal-safe (signal-safety(7)).
private func noteSignal(_ number: Int32) {
    let savedError = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(signalSink, &byte, 1)
    errno = savedError
}
