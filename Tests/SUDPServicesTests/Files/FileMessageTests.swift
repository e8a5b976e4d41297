import Testing

@testable import SUDPServices

@Suite struct FileMessageTests {
    private static let digest = [UInt8](0..<32)
    private static let attributes = FileAttributes(
        permissions: 0o640, time: FileTime(seconds: 1_700_000_000, nanoseconds: 999_999_999))
    private static let messages: [FileMessage] = [
        .hello(protocolName: "sudp files 1", isDryRun: true),
        .hello(protocolName: "sudp files 1", isDryRun: false, isSeveral: true),
        .hello(protocolName: "sudp files 1", isDryRun: false, takesText: true),
        .text(id: 9, "a\u{0}b\n"), .text(id: 0, ""),
        .plan(files: 3, bytes: .max, storage: 5), .directory(id: 1, path: "a/b"),
        .directoryEnd(id: 1, attributes), .link(id: 2, path: "a/l", target: "../x"),
        .file(
            FileAnnouncement(
                id: .max, path: "a\n", size: FileAnnouncement.unknownSize, attributes: attributes,
                awaitsOffer: true, isSparse: false)),
        .start(id: 4, chunk: 9), .hole(id: 4, chunks: 7), .end(id: 4, size: 77, digest: digest),
        .abandoned(id: 4, .sourceChanged, reason: "why"), .done,
        .have(id: 4, digests: [digest, digest]), .offer(id: 4, chunks: 2),
        .result(id: 4, .stored, size: 77, digest: digest, note: ""),
        .refusal(.noSpace, reason: "full"),
    ]

    @Test(arguments: messages)
    func `a message is read as it was written`(message: FileMessage) throws {
        #expect(try FileMessage(message.message) == message)
    }

    @Test(arguments: messages)
    func `a message that is cut or continued is refused or another one`(message: FileMessage) {
        let whole = message.message
        for count in 0..<whole.body.count {
            let cut = Message(type: whole.type, body: Array(whole.body.prefix(count)))
            #expect((try? FileMessage(cut)) != message)
        }
        let longer = Message(type: whole.type, body: whole.body + [0])
        #expect(throws: MessageError.malformed(type: whole.type)) { try FileMessage(longer) }
    }

    @Test func `random bodies never trap`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let body = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = try? FileMessage(
                Message(type: UInt8.random(in: 0..<40, using: &random), body: body))
        }
    }

    @Test func `permissions and times beyond all bounds are cut`() {
        let attributes = FileAttributes(
            permissions: 0o7777, time: FileTime(seconds: .max, nanoseconds: .max))
        #expect(attributes.permissions == 0o777)
        #expect(attributes.time.seconds == FileLimits.latestTime)
        #expect(attributes.time.nanoseconds == 999_999_999)
        #expect(FileTime(seconds: .min, nanoseconds: 0).seconds == 0)
    }

    @Test func `a reason that is too long is cut`() throws {
        let text = String(repeating: "ü", count: 1000)
        guard
            case .refusal(_, let reason) = try FileMessage(
                FileMessage.refusal(.exists, reason: text).message)
        else {
            Issue.record("no refusal")
            return
        }
        #expect(reason.utf8.count == FileLimits.reasonByteCount)
    }
}
