internal import Glibc
internal import Synchronization

/// A thread for calls that block, whose result can be awaited; the thread may outlive the wait.
final class DedicatedThread<Result: Sendable>: Sendable {
    private enum State {
        case running([CheckedContinuation<Result, Never>])
        case ended(Result)
    }

    private let state = Mutex(State.running([]))

    /// Runs `body` on a thread of its own; nil when the system allows no more threads.
    init?(_ body: @escaping @Sendable () -> Result) {
        let start = Unmanaged.passRetained(ThreadStart { self.end(with: body()) })
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(attributes, 512 * 1024)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        var thread = pthread_t()
        let status = pthread_create(&thread, attributes, runThreadStart, start.toOpaque())
        guard status != 0 else { return }
        start.release()
        return nil
    }

    /// The result, as soon as there is one.
    var value: Result {
        get async {
            await withCheckedContinuation { continuation in
                let ended: Result? = state.withLock { state in
                    switch state {
                    case .running(let waiting):
                        state = .running(waiting + [continuation])
                        return nil
                    case .ended(let result):
                        return result
                    }
                }
                if let ended { continuation.resume(returning: ended) }
            }
        }
    }

    private func end(with result: Result) {
        let waiting: [CheckedContinuation<Result, Never>] = state.withLock { state in
            guard case .running(let waiting) = state else { return [] }
            state = .ended(result)
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: result) }
    }
}

/// What a new thread runs; a class because it passes through C as a pointer.
private final class ThreadStart: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

private func runThreadStart(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer else { return nil }
    Unmanaged<ThreadStart>.fromOpaque(pointer).takeRetainedValue().body()
    return nil
}
