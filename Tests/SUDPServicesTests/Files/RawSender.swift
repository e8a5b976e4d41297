import SUDPTransport
import Testing

@testable import SUDPServices

/// A sender that says whatever a test wants.
final class RawSender {
    private let connection: Connection
    private var splitter = MessageSplitter(maximumBodyByteCount: FileLimits.bodyByteCount)

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Exchanges greetings.
    func open(takesText: Bool = false) async throws {
        try await send(.hello(protocolName: FileLimits.protocolName, isDryRun: false))
        #expect(
            try await next()
                == .hello(
                    protocolName: FileLimits.protocolName, isDryRun: false, takesText: takesText))
    }

    func send(_ message: FileMessage) async throws {
        try await connection.write(message.message.encoded)
    }

    /// Sends a chunk; `digest` only where it is to be wrong.
    func sendContent(_ id: UInt32, _ bytes: [UInt8], digest: [UInt8]? = nil) async throws {
        let own = bytes.withUnsafeBytes { SHA256.digest(of: $0) }
        var fields = FieldWriter()
        fields.write(id)
        fields.write(raw: bytes)
        fields.write(raw: digest ?? own)
        try await connection.write(
            Message(type: FileMessage.Kind.content.rawValue, body: fields.bytes).encoded)
    }

    /// Sends a whole small file under this path.
    func sendFile(_ id: UInt32, _ path: String, _ bytes: [UInt8]) async throws {
        try await send(.file(announcement(id, path, size: UInt64(bytes.count))))
        if !bytes.isEmpty { try await sendContent(id, bytes) }
        try await send(.end(id: id, size: UInt64(bytes.count), digest: Self.digest(of: bytes)))
    }

    func announcement(
        _ id: UInt32, _ path: String, size: UInt64, awaitsOffer: Bool = false
    ) -> FileAnnouncement {
        FileAnnouncement(
            id: id, path: path, size: size,
            attributes: FileAttributes(
                permissions: 0o7777, time: FileTime(seconds: .max, nanoseconds: 0)),
            awaitsOffer: awaitsOffer, isSparse: false)
    }

    /// The digest of a file of at most one chunk.
    static func digest(of bytes: [UInt8]) -> [UInt8] {
        StoredContent.whole(bytes.isEmpty ? [] : [bytes.withUnsafeBytes { SHA256.digest(of: $0) }])
    }

    /// The receiver's next message; nil at its end.
    func next() async throws -> FileMessage? {
        while true {
            if let message = try splitter.next() { return try FileMessage(message) }
            guard let block = try await connection.read() else { return nil }
            splitter.append(block)
        }
    }

    /// The status that the receiver gives an id.
    func status(of id: UInt32) async throws -> FileStatus? {
        while let message = try await next() {
            if case .result(id, let status, _, _, _) = message { return status }
        }
        return nil
    }

    /// Ends well.
    func finish() async throws {
        try await send(.done)
        connection.finish()
        while try await next() != nil {}
        connection.confirmConsumed()
        try await connection.waitUntilSendConfirmed()
    }
}
