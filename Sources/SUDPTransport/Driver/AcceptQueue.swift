/// Established connections that wait for the application.
final class AcceptQueue: Sendable {
    private struct State: WaitableState {
        enum Condition: Sendable {
            case available
            case retired
        }

        var links: [ConnectionLink] = []
        var isClosed = false
        var isRetired = false
        var waiting = WaitList<Condition>()

        func holds(_ condition: Condition) -> Bool {
            switch condition {
            case .available: !links.isEmpty || isClosed
            case .retired: isRetired
            }
        }
    }

    private let monitor = Monitor(State())

    /// Adds connections; false when nobody will take them any more.
    func append(_ links: [ConnectionLink]) -> Bool {
        monitor.update { state in
            guard !state.isClosed else { return false }
            state.links.append(contentsOf: links)
            return true
        }
    }

    /// The next connection; nil when the queue is closed or the task is cancelled.
    func next(
        isolation: isolated (any Actor)? = #isolation
    ) async -> ConnectionLink? {
        while !Task.isCancelled {
            let link: ConnectionLink?? = monitor.update { state in
                guard state.links.isEmpty else { return .some(state.links.removeFirst()) }
                return state.isClosed ? .some(nil) : nil
            }
            if let link { return link }
            await monitor.wait(for: .available)
        }
        return nil
    }

    /// Ends it; returns those that nobody took.
    func close() -> [ConnectionLink] {
        monitor.update { state in
            state.isClosed = true
            defer { state.links = [] }
            return state.links
        }
    }

    /// Every client that nobody took was told so, or the driver is over.
    func retire() {
        monitor.update { $0.isRetired = true }
    }

    /// Blocks the thread until `retire()` was called, which takes a driver one turn.
    func waitUntilRetired() {
        monitor.block(until: .retired)
    }
}
