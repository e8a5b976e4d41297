internal import Synchronization

/// What became of a connection that carried load.
enum FlowEnd: Sendable {
    /// All of it was moved.
    case complete(at: ContinuousClock.Instant)
    case failed(any Error)
}

/// How far a connection that carries load is; its threads and the measurement share it.
final class FlowCourse: Sendable {
    private struct State: Sendable {
        var isStopping = false
        var isSent: Bool
        var isReceived: Bool
        var end: FlowEnd?
    }

    private let state: Mutex<State>

    init(_ direction: BenchDirection) {
        state = Mutex(
            State(isSent: !direction.isUpload, isReceived: !direction.isDownload))
    }

    /// What became of it; nil while it goes on.
    var end: FlowEnd? { state.withLock { $0.end } }

    /// Whether it is over for this side, so that failures mean nothing.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    func stop() {
        state.withLock { $0.isStopping = true }
    }

    func noteSent() {
        note { $0.isSent = true }
    }

    func noteReceived() {
        note { $0.isReceived = true }
    }

    func fail(_ error: any Error) {
        state.withLock { state in
            if !state.isStopping, state.end == nil { state.end = .failed(error) }
        }
    }

    private func note(_ change: (inout State) -> Void) {
        state.withLock { state in
            change(&state)
            if state.isSent, state.isReceived, state.end == nil { state.end = .complete(at: .now) }
        }
    }
}
