internal import Synchronization

/// A locked state on which tasks and threads wait for conditions.
///
/// Whoever is resumed looks at the state again: a resumption carries no value.
final class Monitor<State: WaitableState>: Sendable {
    private let mutex: Mutex<State>

    init(_ state: State) {
        mutex = Mutex(state)
    }

    /// Changes the state and resumes those for whom that made a condition true.
    func update<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, ready) = mutex.withLock { state in
            let result = body(&state)
            var waiting = state.waiting
            let ready = waiting.takeReady { state.holds($0) }
            if !ready.isEmpty { state.waiting = waiting }
            return (result, ready)
        }
        for waiter in ready { waiter.resume() }
        return result
    }

    /// Reads the state.
    func read<Result: Sendable>(_ body: (State) -> Result) -> Result {
        mutex.withLock { body($0) }
    }

    /// Suspends the task until the condition holds or the task is cancelled.
    func wait(
        for condition: State.Condition, isolation: isolated (any Actor)? = #isolation
    ) async {
        let ticket = mutex.withLock { $0.waiting.makeTicket() }
        await withTaskCancellationHandler {
            // Captured, the caller's actor is where the closure runs: no other thread takes part.
            _ = isolation
            await withCheckedContinuation { continuation in
                let mayPass = mutex.withLock { state in
                    guard !state.holds(condition), !Task.isCancelled else { return true }
                    state.waiting.add(.task(continuation), for: condition, ticket: ticket)
                    return false
                }
                if mayPass { continuation.resume() }
            }
        } onCancel: {
            mutex.withLock { $0.waiting.remove(ticket) }?.resume()
        }
    }

    /// Suspends the task until the condition holds, even when the task is cancelled.
    func waitUncancelled(for condition: State.Condition) async {
        await withCheckedContinuation { continuation in
            let mayPass = mutex.withLock { state in
                guard !state.holds(condition) else { return true }
                let ticket = state.waiting.makeTicket()
                state.waiting.add(.task(continuation), for: condition, ticket: ticket)
                return false
            }
            if mayPass { continuation.resume() }
        }
    }

    /// Blocks the thread until the condition holds.
    func block(until condition: State.Condition) {
        let thread = ParkedThread()
        let mayPass = mutex.withLock { state in
            guard !state.holds(condition) else { return true }
            let ticket = state.waiting.makeTicket()
            state.waiting.add(.thread(thread), for: condition, ticket: ticket)
            return false
        }
        if !mayPass { thread.park() }
    }
}
