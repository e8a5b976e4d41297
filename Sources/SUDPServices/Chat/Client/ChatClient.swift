public import SUDPTransport

/// A client of a chat server, from its first connection to its end.
public struct ChatClient: Sendable {
    /// What its user chooses.
    public struct Configuration: Sendable {
        /// The name to have.
        public var nick: String
        /// The rooms to enter, at least one.
        public var rooms: [String]
        /// Only delivers what comes in, and shows nothing.
        public var isOnce = false
        /// Connects again when the connection is lost.
        public var reconnects = false
        /// Leaves when the input has ended and everything is delivered.
        public var endsWithInput = true
        /// When to ring.
        public var bell = ChatBell.mention

        /// Makes the choices of a client between pipes.
        public init(nick: String, rooms: [String]) {
            self.nick = nick
            self.rooms = rooms
        }
    }

    private let configuration: Configuration
    private let front: any ChatFront
    private let connect: @Sendable () async throws -> Connection

    /// Prepares a client; `connect` makes each of its connections.
    public init(
        _ configuration: Configuration, front: any ChatFront,
        connect: @escaping @Sendable () async throws -> Connection
    ) {
        self.configuration = configuration
        self.front = front
        self.connect = connect
    }

    /// Takes part until the user, the input or the server ends it.
    ///
    /// - Throws: `TransportError`, `ChatFailure`, `PipeFailure`, or `CancellationError` when the
    ///   task was cancelled; the server has heard of it then.
    public func run() async throws {
        let (happenings, continuation) = AsyncStream.makeStream(of: ChatHappening.self)
        var loop = ChatClientLoop(configuration, front, connect, continuation)
        try front.start(loop.feed)
        loop.connectNow()
        do {
            for await happening in happenings where try await loop.handle(happening) {
                break
            }
        } catch {
            await loop.leave()
            throw error
        }
        await loop.leave()
        try Task.checkCancellation()
        continuation.finish()
        for await happening in happenings { loop.miss(happening) }
        try loop.requireDelivery()
    }
}
