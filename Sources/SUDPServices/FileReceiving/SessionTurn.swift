internal import Glibc
internal import Synchronization

/// Who may use the files of a session now, and when its sender was last heard.
final class SessionTurn: Sendable {
    private let lock = Mutex(())
    private let moved = Mutex(ContinuousClock.now)
    private let gone = Atomic(false)

    /// When the sender was last heard.
    var lastMove: ContinuousClock.Instant { moved.withLock { $0 } }

    /// How long the sender has been silent.
    var silence: Duration { .now - lastMove }

    func noteMove() {
        moved.withLock { $0 = .now }
    }

    /// Whether nobody waits for answers any more.
    var isSenderGone: Bool { gone.load(ordering: .relaxed) }

    func noteGone() {
        gone.store(true, ordering: .relaxed)
    }

    func run<Result>(_ body: () throws -> Result) rethrows -> Result {
        try lock.withLock { _ in try body() }
    }

    /// Waits two seconds at most for the turn; false when it did not come.
    func tryRun(_ body: () -> Void) -> Bool {
        for _ in 0..<200 {
            if lock.withLockIfAvailable({ _ in body() }) != nil { return true }
            usleep(10_000)
        }
        return false
    }
}
