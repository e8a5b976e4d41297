internal import Glibc

/// A thread that sleeps until another one lets it go on.
final class ParkedThread: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        semaphore = .allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// Sleeps until `resume` is called or was called before.
    func park() {
        while sem_wait(semaphore) != 0 {}
    }

    /// Lets the thread go on.
    func resume() {
        sem_post(semaphore)
    }
}
