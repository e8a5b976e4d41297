internal import SUDPTransport

/// The messages that come over a connection, the peer's HELLO taken off.
struct ChatInbox {
    private let connection: Connection
    private var splitter = MessageSplitter(
        maximumBodyByteCount: ChatConstants.maximumBodyByteCount)
    private var hasHello = false

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// The next messages; nil at the end of the peer's stream.
    mutating func next() async throws -> [Message]? {
        while true {
            guard let block = try await connection.read() else {
                guard splitter.isAtBoundary else { throw MessageError.truncated }
                return nil
            }
            splitter.append(block)
            var messages: [Message] = []
            do {
                while let message = try splitter.next() { messages.append(message) }
            } catch {
                let isGreeting = messages.first.map { ChatHello.mismatch($0) == nil } ?? false
                throw hasHello || isGreeting
                    ? error : ChatFailure.wrongService(other: "something else")
            }
            if !hasHello, let first = messages.first {
                if let other = ChatHello.mismatch(first) {
                    throw ChatFailure.wrongService(other: other)
                }
                hasHello = true
                messages.removeFirst()
            }
            if !messages.isEmpty { return messages }
        }
    }
}
