internal import DequeModule

/// What was read of a connection and waits for the thread that hashes and writes it.
///
/// Whoever reads waits while there is much, so that a slow disk slows the sender and fills no
/// memory.
final class ReceivedQueue: Sendable {
    private struct State {
        var items: Deque<ReceivedItem> = []
        var byteCount = 0
        var end: Result<Void, any Error>?
        var isDiscarding = false
    }

    private let limit: Int
    private let state = BlockingState(State())

    /// Holds about so many bytes, or one item.
    init(byteCount limit: Int) {
        self.limit = limit
    }

    /// Appends an item as soon as there is room.
    func put(_ item: ReceivedItem) {
        let byteCount = item.byteCount
        _ = state.wait { state in
            let hasRoom = state.items.isEmpty || state.byteCount + byteCount <= limit
            return hasRoom || state.isDiscarding ? true : nil
        }
        state.update { state in
            guard !state.isDiscarding else { return }
            state.items.append(item)
            state.byteCount += byteCount
        }
    }

    /// Notes why nothing more comes; the first reason counts.
    func end(_ result: Result<Void, any Error>) {
        state.update { if $0.end == nil { $0.end = result } }
    }

    /// Takes the next item as soon as there is one; nil at the end.
    ///
    /// Throws, behind the last item, what ended it too early.
    func next() throws -> ReceivedItem? {
        let end = state.wait { state -> Result<Void, any Error>?? in
            if !state.items.isEmpty { return .some(nil) }
            return state.end.map { .some($0) }
        }
        if let end {
            try end.get()
            return nil
        }
        return state.update { state in
            let item = state.items.popFirst()
            state.byteCount -= item?.byteCount ?? 0
            return item
        }
    }

    /// Drops what waits, and all that still comes.
    func discard() {
        state.update { state in
            state.isDiscarding = true
            state.items = []
            state.byteCount = 0
        }
    }
}
