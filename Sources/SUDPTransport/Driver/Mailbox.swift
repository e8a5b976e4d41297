internal import Synchronization

/// A queue from any thread to one, which is woken only when it sleeps.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isReaderAsleep = false
    }

    private let state = Mutex(State())
    private let wake: WakeEvent

    init() throws(SystemError) {
        wake = try WakeEvent()
    }

    /// The descriptor on which a sleeping reader waits.
    var descriptor: Int32 { wake.descriptor }

    /// Appends a message; returns whether the reader had to be woken.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let mustWake = state.withLock { state in
            state.messages.append(message)
            defer { state.isReaderAsleep = false }
            return state.isReaderAsleep
        }
        if mustWake { wake.signal() }
        return mustWake
    }

    /// Announces that the reader is going to wait on `descriptor`; false when messages wait.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isReaderAsleep = state.messages.isEmpty
            return state.isReaderAsleep
        }
    }

    /// Takes every message in order of posting.
    ///
    /// `wasSignalled` tells that `descriptor` is readable.
    func takeAll(wasSignalled: Bool) -> [Message] {
        if wasSignalled { wake.clear() }
        return state.withLock { state in
            state.isReaderAsleep = false
            guard !state.messages.isEmpty else { return [] }
            defer { state.messages = [] }
            return state.messages
        }
    }
}
