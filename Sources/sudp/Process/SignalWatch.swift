import Glibc
import Synchronization

/// The signals of this process, taken by its main thread: the first INT or TERM cancels the command,
/// the second one, or a second later, ends the process; USR1 and HUP call whoever wants them.
///
/// They are blocked before there is any other thread, so that all of them are.
final class SignalWatch: Sendable {
    /// The watch of this process.
    static let shared = SignalWatch()

    private struct State {
        var watched: [Int32] = []
        var received: Int32?
        var onStatus: (@Sendable () -> Void)?
        var onHangup: (@Sendable () -> Void)?
    }

    private static let patience = timespec(tv_sec: 1, tv_nsec: 0)
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

    /// Blocks the signals in this thread and in those that it makes.
    func block() {
        // nohup(1) has HUP ignored, and means it.
        let watched = [SIGINT, SIGTERM, SIGUSR1] + (Self.isIgnored(SIGHUP) ? [] : [SIGHUP])
        state.withLock { $0.watched = watched }
        var set = Self.set(of: watched)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Takes signals for as long as the process lives; the first one that asks it to end calls
    /// `onEnd`.
    func run(onEnd: () -> Void) -> Never {
        let watched = state.withLock { $0.watched }
        var all = Self.set(of: watched)
        while received == nil {
            var signal: Int32 = 0
            guard sigwait(&all, &signal) == 0 else { continue }
            take(signal)?()
        }
        onEnd()
        var ending = Self.set(of: watched.filter { $0 != SIGUSR1 })
        var patience = Self.patience
        let second = sigtimedwait(&ending, nil, &patience)
        Self.die(by: second > 0 ? second : received ?? SIGTERM)
    }

    private func take(_ signal: Int32) -> (@Sendable () -> Void)? {
        state.withLock { state in
            if signal == SIGUSR1 { return state.onStatus }
            if signal == SIGHUP, let action = state.onHangup { return action }
            state.received = signal
            return nil
        }
    }

    /// Ends the process as the signal would have, so that the shell sees it.
    static func die(by number: Int32) -> Never {
        signal(number, SIG_DFL)
        var set = set(of: [number])
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(number)
        _exit(128 &+ number)
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }

    private static func set(of numbers: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        return set
    }
}
