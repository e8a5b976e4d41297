import SUDPTransport
import Synchronization
import Testing

@testable import SUDPServices

/// A server and clients over loopback, through everything but a terminal.
@Suite struct ChatServiceTests {
    /// A front end that a test speaks through, and that tells what it shows.
    private final class Front: ChatFront {
        let feed = Mutex<ChatFeed?>(nil)
        private let shown: AsyncStream<ChatOutput>.Continuation
        private let outputs: AsyncStream<ChatOutput>

        init() {
            (outputs, shown) = AsyncStream.makeStream()
        }

        func start(_ feed: ChatFeed) { self.feed.withLock { $0 = feed } }

        func show(_ outputs: [ChatOutput]) {
            for output in outputs { shown.yield(output) }
        }

        func anotherName(because reason: String) async -> String? { nil }

        func type(_ line: String) { feed.withLock { $0 }?.put(.typed(line)) }

        /// Nothing more will be shown.
        func finish() { shown.finish() }

        func end() { feed.withLock { $0 }?.end() }

        /// Waits for an event of a kind.
        func next(_ kind: ChatEvent.Kind) async -> ChatEvent? {
            for await case .event(let event, _) in outputs where event.kind == kind {
                return event
            }
            return nil
        }
    }

    private struct Hall {
        let listener: Listener
        let serving: Task<Void, Never>
        let configuration: Configuration

        init(_ settings: ChatServer.Configuration = ChatServer.Configuration()) async throws {
            var configuration = Configuration()
            configuration.allowsPlaintext = true
            configuration.mode = .plaintext
            configuration.sendBufferLimit = ChatConstants.sendBufferByteCount
            configuration.maximumReceiveWindow = ChatConstants.receiveWindowByteCount
            self.configuration = configuration
            let listener = try await Listener.bind(
                host: "127.0.0.1", port: 0, configuration: configuration)
            self.listener = listener
            let server = try ChatServer(settings) { _ in }
            serving = Task { await server.run(listener) }
        }

        func connect() async throws -> Connection {
            try await Connection.connect(
                host: "127.0.0.1", port: listener.localAddresses.first?.port ?? 0,
                configuration: configuration, timeout: .seconds(600))
        }

        /// Starts a client; its task ends as the client does.
        func client(
            _ nick: String, _ front: Front, isOnce: Bool = false
        ) -> Task<Void, any Error> {
            var settings = ChatClient.Configuration(nick: nick, rooms: ["#lobby"])
            settings.isOnce = isOnce
            let client = ChatClient(settings, front: front) { [self] in try await connect() }
            return Task {
                defer { front.finish() }
                try await client.run()
            }
        }

        func end() async {
            serving.cancel()
            await serving.value
            listener.close()
        }
    }

    @Test func `two clients talk, and the end of the input is the end of a client`() async throws {
        let hall = try await Hall()
        let (ann, bob) = (Front(), Front())
        let annTask = hall.client("ann", ann)
        #expect(await ann.next(.room) != nil)
        let bobTask = hall.client("bob", bob)
        #expect(await ann.next(.joined)?.nick == "bob")
        #expect(await bob.next(.room) != nil)
        bob.type("hello")
        #expect(await ann.next(.message)?.text == "hello")
        ann.type("/msg bob psst")
        #expect(await bob.next(.direct)?.text == "psst")
        bob.end()
        try await bobTask.value
        #expect(await ann.next(.left)?.nick == "bob")
        ann.type("/quit")
        try await annTask.value
        await hall.end()
    }

    @Test func `a client that only delivers ends when the server has taken it`() async throws {
        let hall = try await Hall()
        let ann = Front()
        let annTask = hall.client("ann", ann)
        #expect(await ann.next(.room) != nil)
        let bot = Front()
        let botTask = hall.client("bot", bot, isOnce: true)
        while bot.feed.withLock({ $0 == nil }) { await Task.yield() }
        bot.type("done")
        bot.end()
        try await botTask.value
        #expect(await ann.next(.message)?.text == "done")
        annTask.cancel()
        await #expect(throws: CancellationError.self) { try await annTask.value }
        await hall.end()
    }

    @Test func `clients hear that the server ends`() async throws {
        let hall = try await Hall()
        let ann = Front()
        let task = hall.client("ann", ann)
        #expect(await ann.next(.room) != nil)
        await hall.end()
        await #expect(throws: ChatFailure.serverEnded(reason: "the server ends")) {
            try await task.value
        }
    }

    @Test func `a peer of another protocol is told so and nobody else is bothered`() async throws {
        let hall = try await Hall()
        let ann = Front()
        let task = hall.client("ann", ann)
        #expect(await ann.next(.room) != nil)
        let stranger = try await hall.connect()
        try await stranger.write(Array("GET / HTTP/1.1\r\n\r\n".utf8))
        let reason = await stranger.waitUntilClosed()
        guard case .closedByPeer(.application(ChatCode.malformed.rawValue), _) = reason else {
            Issue.record("\(reason)")
            return
        }
        ann.type("still here")
        #expect(await ann.next(.message)?.text == "still here")
        task.cancel()
        _ = await task.result
        await hall.end()
    }

    /// A member that reads nothing while others talk, each of them below its limit.
    private func sleeper(
        _ hall: Hall, among ann: Front, talkerCount: Int
    ) async throws -> Connection {
        #expect(await ann.next(.room) != nil)
        let sleeper = try await hall.connect()
        for message in [
            ChatHello.message, ChatRequest(kind: .login, name: "sleeper").message,
            ChatRequest(kind: .join, room: "#lobby").message,
        ] { try await sleeper.write(message.encoded) }
        #expect(await ann.next(.joined)?.nick == "sleeper")
        let block = String(repeating: String(repeating: "x", count: 4000) + "\n", count: 15)
        for number in 0..<talkerCount {
            let talker = Front()
            let task = hall.client("talker\(number)", talker)
            #expect(await talker.next(.room) != nil)
            talker.type(block)
            talker.type(block)
            talker.end()
            try await task.value
        }
        return sleeper
    }

    @Test func `a client that reads nothing is dropped, and the others hear everything`()
        async throws
    {
        let hall = try await Hall()
        let ann = Front()
        let annTask = hall.client("ann", ann)
        // More than the queue, the buffers and the window hold together.
        let sleeper = try await sleeper(hall, among: ann, talkerCount: 28)
        var left = await ann.next(.left)
        while let event = left, event.nick != "sleeper" { left = await ann.next(.left) }
        #expect(left?.text == "too slow: dropped")
        sleeper.close(code: 0)
        annTask.cancel()
        _ = await annTask.result
        await hall.end()
    }

    @Test func `the server ends although a client takes nothing`() async throws {
        let hall = try await Hall()
        let ann = Front()
        let annTask = hall.client("ann", ann)
        let sleeper = try await sleeper(hall, among: ann, talkerCount: 10)
        await hall.end()
        _ = await annTask.result
        sleeper.close(code: 0)
    }

    @Test func `a connection that comes back finds what it missed`() async throws {
        let hall = try await Hall()
        let ann = Front()
        let annTask = hall.client("ann", ann)
        #expect(await ann.next(.room) != nil)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let attempts = Mutex(0)
        var settings = ChatClient.Configuration(nick: "bob", rooms: ["#lobby"])
        settings.reconnects = true
        settings.endsWithInput = false
        let bob = Front()
        let client = ChatClient(settings, front: bob) {
            let isFirst = attempts.withLock { count in
                count += 1
                return count == 1
            }
            if !isFirst { for await _ in gate { break } }
            return try await hall.connect()
        }
        let bobTask = Task {
            defer { bob.finish() }
            try await client.run()
        }
        let secret = await bob.next(.welcome)?.other ?? ""
        #expect(await bob.next(.room) != nil)
        ann.type("one")
        #expect(await bob.next(.message)?.text == "one")
        // Another connection takes the name over, and the first one ends.
        let rival = try await hall.connect()
        try await rival.write(
            ChatHello.message.encoded
                + ChatRequest(kind: .login, name: "bob", text: secret).message.encoded)
        #expect(await ann.next(.left)?.nick == "bob")
        ann.type("two")
        while let message = await ann.next(.message), message.text != "two" {}
        open.yield()
        let missed = await bob.next(.message)
        #expect(missed?.text == "two")
        #expect(missed?.flags.contains(.replay) == true)
        bob.type("/quit")
        try await bobTask.value
        rival.close(code: 0)
        annTask.cancel()
        _ = await annTask.result
        await hall.end()
    }
}
