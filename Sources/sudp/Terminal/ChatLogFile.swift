import Glibc
import SUDPServices

/// A file to which a chat's events are appended, one a line; JSON when its name ends in .ndjson.
final class ChatLogFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let isJSON: Bool
    private let text: ChatText

    init(path: String) throws {
        self.path = path
        isJSON = path.hasSuffix(".ndjson")
        var text = ChatText()
        text.time = .full
        text.showsRooms = true
        self.text = text
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure.cannotWrite(path: path, errno: errno) }
    }

    deinit { close(descriptor) }

    /// Appends what a client shows.
    func write(_ output: ChatOutput) {
        if isJSON {
            if let line = ChatJSON.line(output) { append([line]) }
            return
        }
        switch output {
        case .event(let event, let mark): append(text.lines(of: event, mark))
        case .info(let words): append([text.info(words)])
        case .complaint(let words): append([text.complaint(words)])
        case .unsent, .clear, .bell, .timeStyle, .place: break
        }
    }

    /// Appends a record of a server.
    func write(_ record: ChatRecord) {
        append([isJSON ? ChatJSON.line(record) : record.line])
    }

    private func append(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count != bytes.count {
            Diagnostics.say("cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }
}
