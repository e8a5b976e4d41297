import SUDPTransport
import Synchronization
import Testing

@testable import SUDPServices

/// Texts that are sent instead of files.
@Suite struct TextTransferTests {
    private final class Shown: Sendable {
        private let state = Mutex<[String]>([])
        var texts: [String] { state.withLock { $0 } }
        func show(_ text: String) { state.withLock { $0.append(text) } }
    }

    private struct Unshowable: Error {}

    private func serve(
        _ folder: TransferFolder, _ pair: LoopbackPair,
        onText: (@Sendable (String) throws -> Void)?
    ) throws -> Task<(any Error)?, Never> {
        let receiver = try folder.receiver()
        return Task {
            do { try await receiver.serve(pair.server, onText: onText) { _ in } } catch {
                return error
            }
            return nil
        }
    }

    private func send(_ text: String, _ pair: LoopbackPair) async throws {
        try await FileSender(connection: pair.client, plan: SendPlan(text: text)).run()
    }

    @Test(arguments: [
        "hello", "two\nlines\n", "\u{1b}[2J\u{7f}\u{0}\r\n\u{202e}", " ", "日本語 👩‍👩‍👧",
        String(repeating: "x", count: FileLimits.textByteCount),
    ])
    func `a text arrives as it was sent and nothing is stored`(text: String) async throws {
        let (folder, pair, shown) = (try TransferFolder(), try await LoopbackPair(), Shown())
        let receiver = try serve(folder, pair) { shown.show($0) }
        try await send(text, pair)
        #expect(await receiver.value == nil)
        #expect(shown.texts.map { Array($0.utf8) } == [Array(text.utf8)])
        #expect(folder.stored.isEmpty)
    }

    @Test func `a receiver that knows no texts gets none`() async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let receiver = try serve(folder, pair, onText: nil)
        await #expect(throws: FileTransferFailure.textNotTaken) { try await send("text", pair) }
        #expect(await receiver.value != nil)
        #expect(folder.stored.isEmpty)
    }

    @Test func `a text that cannot be shown is no success of either side`() async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let receiver = try serve(folder, pair) { _ in throw Unshowable() }
        await #expect {
            try await send("text", pair)
        } throws: { error in
            guard case FileTransferFailure.incomplete(1, 1, _, .cannotWrite) = error else {
                return false
            }
            return true
        }
        guard case FileTransferFailure.incomplete? = await receiver.value else {
            Issue.record("the receiver says that it is complete")
            return
        }
    }

    @Test func `a sender shows one text, and none in a dry run`() async throws {
        let (folder, pair, shown) = (try TransferFolder(), try await LoopbackPair(), Shown())
        let receiver = try serve(folder, pair) { shown.show($0) }
        let raw = RawSender(pair.client)
        try await raw.open(takesText: true)
        try await raw.send(.text(id: 1, "first"))
        #expect(try await raw.status(of: 1) == .stored)
        try await raw.send(.text(id: 2, "second"))
        #expect(try await raw.status(of: 2) == .refused)
        try await raw.finish()
        #expect(await receiver.value != nil)
        let dry = try await LoopbackPair()
        let other = try serve(folder, dry) { shown.show($0) }
        let asking = RawSender(dry.client)
        try await asking.send(.hello(protocolName: FileLimits.protocolName, isDryRun: true))
        try await asking.send(.text(id: 1, "third"))
        #expect(try await asking.status(of: 1) == .kept)
        try await asking.finish()
        #expect(await other.value == nil)
        #expect(shown.texts == ["first"])
    }

    @Test(arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80]] as [[UInt8]])
    func `a text that is not UTF-8 ends the connection`(bytes: [UInt8]) async throws {
        let (folder, pair, shown) = (try TransferFolder(), try await LoopbackPair(), Shown())
        let receiver = try serve(folder, pair) { shown.show($0) }
        let raw = RawSender(pair.client)
        try await raw.open(takesText: true)
        var fields = FieldWriter()
        fields.write(UInt32(1))
        fields.writeBytes(bytes)
        try await pair.client.write(
            Message(type: FileMessage.Kind.text.rawValue, body: fields.bytes).encoded)
        guard case FileTransferFailure.protocolBroken? = await receiver.value else {
            Issue.record("the receiver took it")
            return
        }
        #expect(shown.texts.isEmpty)
    }

    @Test func `nothing that steers a terminal is in a quoted text, and each line has its mark`() {
        let text = "one\r\n\ttwo\u{1b}]0;t\u{7}\u{9b}1m\n\nsudp: stored\r\u{202e}\n"
        #expect(
            QuotedText.lines(of: text)
                == "> one\n>     two\\x1b]0;t\\x07\\u{9b}1m\n> \n> sudp: stored\\r\\u{202e}\n")
        #expect(QuotedText.lines(of: "") == "> \n")
        #expect(QuotedText.lines(of: "\n") == "> \n")
    }
}
