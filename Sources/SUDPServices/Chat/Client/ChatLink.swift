internal import SUDPTransport

/// One connection of a client: what it sends waits in an outbox, what comes is told as it comes.
struct ChatLink {
    private let connection: Connection
    private let outbox: ChatOutbox
    private let writing: Task<Void, Never>
    private let reading: Task<Void, Never>
    private let permits: AsyncStream<Void>.Continuation

    init(_ connection: Connection, _ continuation: AsyncStream<ChatHappening>.Continuation) {
        self.connection = connection
        // Its own user's lines are bounded where they come in.
        let outbox = ChatOutbox(connection, limit: .max)
        self.outbox = outbox
        _ = outbox.put(ChatHello.message.encoded)
        writing = Task.detached { await outbox.run() }
        let (stream, permits) = AsyncStream.makeStream(of: Void.self)
        self.permits = permits
        reading = Task.detached {
            do {
                try await Self.read(connection, stream, continuation)
                connection.confirmConsumed()
                continuation.yield(.disconnected(nil))
            } catch {
                continuation.yield(.disconnected(error))
            }
        }
    }

    /// Tells each batch of events, and then waits for the permit to read on.
    private static func read(
        _ connection: Connection, _ permits: AsyncStream<Void>,
        _ continuation: AsyncStream<ChatHappening>.Continuation
    ) async throws {
        var inbox = ChatInbox(connection)
        var permit = permits.makeAsyncIterator()
        while let messages = try await inbox.next() {
            var events: [ChatEvent] = []
            for message in messages { events.append(try ChatEvent(message)) }
            continuation.yield(.events(events))
            guard await permit.next() != nil else { break }
        }
    }

    /// The events that were told last are dealt with.
    func permit() {
        permits.yield()
    }

    func send(_ message: Message) {
        _ = outbox.put(message.encoded)
    }

    /// Finishes the own stream, and waits a moment for the server to have it.
    func leave() async {
        permits.finish()
        outbox.finish(code: ChatCode.left.rawValue, reason: "")
        await writing.value
    }
}
