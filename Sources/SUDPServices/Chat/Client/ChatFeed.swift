internal import Glibc
internal import SUDPTransport

/// What happens to a client, in the order in which it happens.
enum ChatHappening: Sendable {
    case line(ChatEntry)
    case inputEnded
    case inputFailed(any Error)
    case connected(Connection)
    case notConnected(any Error)
    case events([ChatEvent])
    case disconnected((any Error)?)
    case retry
    /// The next entry may be sent.
    case paused
}

/// Something that came in to be said or done.
public enum ChatEntry: Equatable, Sendable {
    /// A line as somebody types it, perhaps a command, perhaps of several lines.
    case typed(String)
    /// A text for a room, whatever it begins with; nil for the room that lines go to.
    case say(room: String?, text: String)
    /// A text for one person.
    case direct(nick: String, text: String)
    /// It was too long or otherwise not to be had; the text says why.
    case unusable(String)

    /// Whether it asks for nothing.
    var isBlank: Bool {
        if case .unusable = self { return false }
        return !text.utf8.contains { $0 > 0x20 }
    }

    /// What a request for it says at most.
    var text: String {
        switch self {
        case .typed(let text), .say(_, let text), .direct(_, let text): text
        case .unusable: ""
        }
    }
}

/// Where a front end puts what comes in.
public final class ChatFeed: @unchecked Sendable {
    /// Lines that may be on their way without an answer.
    static let window = 64

    private let continuation: AsyncStream<ChatHappening>.Continuation
    // sem_post(3) and sem_wait(3) may be called by any thread; the memory never moves.
    private let credits: UnsafeMutablePointer<sem_t>

    init(_ continuation: AsyncStream<ChatHappening>.Continuation) {
        self.continuation = continuation
        credits = .allocate(capacity: 1)
        sem_init(credits, 0, UInt32(Self.window))
    }

    deinit {
        sem_destroy(credits)
        credits.deallocate()
    }

    /// Puts an entry in, at once.
    public func put(_ entry: ChatEntry) {
        continuation.yield(.line(entry))
    }

    /// Puts an entry in; blocks the calling thread while too many are unanswered.
    public func blockingPut(_ entry: ChatEntry) {
        while sem_wait(credits) != 0 {}
        continuation.yield(.line(entry))
    }

    /// Nothing more will come.
    public func end() {
        continuation.yield(.inputEnded)
    }

    /// The input cannot be read.
    public func fail(_ error: any Error) {
        continuation.yield(.inputFailed(error))
    }

    func allow(_ count: Int) {
        for _ in 0..<max(0, count) { sem_post(credits) }
    }
}

/// The end of a client that people or programs see.
public protocol ChatFront: Sendable {
    /// Begins to put what comes in into the feed.
    func start(_ feed: ChatFeed) throws
    /// Shows something; throws when nobody can see it.
    func show(_ outputs: [ChatOutput]) throws
    /// Asks for another name, because of a refusal; nil to give up.
    func anotherName(because reason: String) async -> String?
}
