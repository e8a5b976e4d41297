internal import Synchronization

/// Whether a measurement shall end early; what was measured until then still counts.
final class BenchStop: Sendable {
    private struct State: Sendable {
        var isSet = false
        var actions: [Int: @Sendable () -> Void] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    var isSet: Bool { state.withLock { $0.isSet } }

    /// Ends the measurement.
    func set() {
        let actions = state.withLock { state in
            state.isSet = true
            defer { state.actions = [:] }
            return Array(state.actions.values)
        }
        for action in actions { action() }
    }

    /// Runs something that is given up when the measurement ends early.
    func run<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await body() }
        let number: Int? = state.withLock { state in
            guard !state.isSet else { return nil }
            state.next += 1
            state.actions[state.next] = { task.cancel() }
            return state.next
        }
        if let number {
            defer { state.withLock { _ = $0.actions.removeValue(forKey: number) } }
            return try await task.value
        }
        task.cancel()
        _ = try? await task.value
        throw CancellationError()
    }

    /// Sleeps, but not longer than the measurement goes on.
    func sleep(until deadline: ContinuousClock.Instant) async {
        try? await run { try await Task.sleep(until: deadline, clock: .continuous) }
    }
}
