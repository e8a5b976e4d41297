import Glibc
import SUDPServices
import Synchronization

/// A chat between pipes: lines or JSON objects in and out.
final class PipedChat: ChatFront {
    private let isJSON: Bool
    private let hidesPresence: Bool
    private let diagnostics: Diagnostics
    private let log: ChatLogFile?
    private let text: ChatText
    private let lastComplaint = Mutex("")

    init(
        isJSON: Bool, time: ChatTimeStyle, hasColours: Bool, hidesPresence: Bool,
        diagnostics: Diagnostics, log: ChatLogFile?
    ) {
        self.isJSON = isJSON
        self.hidesPresence = hidesPresence
        self.diagnostics = diagnostics
        self.log = log
        var text = ChatText()
        text.time = time
        text.hasColours = hasColours
        self.text = text
    }

    func start(_ feed: ChatFeed) throws {
        let isJSON = isJSON
        let lines = LineInput { line in
            switch line {
            case .line(let text):
                feed.blockingPut(isJSON ? ChatJSON.entry(text) : .typed(text))
            case .tooLong(let limit):
                feed.blockingPut(.unusable("a line has at most \(limit) bytes"))
            case .failed(let error):
                feed.fail(PipeFailure.inputFailed(name: "standard input", error: error))
            case .ended: feed.end()
            }
        }
        // An event of several lines is one line of JSON.
        let limit = ChatConstants.maximumLineByteCount
        guard lines.start(limit: isJSON ? 8 * ChatConstants.maximumTextByteCount : limit) else {
            throw PipeFailure.noThread
        }
    }

    func anotherName(because reason: String) async -> String? { nil }

    func show(_ outputs: [ChatOutput]) throws {
        var result = ""
        for output in outputs {
            log?.write(output)
            if hidesPresence && ChatPresence.isAll(of: output) { continue }
            result += render(output)
        }
        if !result.isEmpty { try StandardStreams.writeResult(result) }
    }

    /// The same complaint about a thousand lines is made once; the end counts them.
    private func complain(_ words: String) {
        let isNew = lastComplaint.withLock { last in
            defer { last = words }
            return last != words
        }
        if isNew { diagnostics.error(words) }
    }

    /// What goes to standard output; what concerns this client alone goes to standard error.
    private func render(_ output: ChatOutput) -> String {
        if isJSON { return ChatJSON.line(output).map { $0 + "\n" } ?? "" }
        switch output {
        case .event(let event, let mark):
            if event.kind == .refused {
                complain(event.text)
                return ""
            }
            // Who pipes lines in knows them already.
            guard !mark.contains(.own) else { return "" }
            return text.lines(of: event, mark).map { $0 + "\n" }.joined()
        case .info(let words): diagnostics.notice(words)
        case .complaint(let words): complain(words)
        case .unsent, .clear, .bell, .timeStyle, .place: break
        }
        return ""
    }
}

/// The lines of standard input, read on a thread of their own.
struct LineInput: Sendable {
    enum Line: Equatable {
        case line(String)
        case tooLong(limit: Int)
        case failed(String)
        case ended
    }

    private let take: @Sendable (Line) -> Void

    init(_ take: @escaping @Sendable (Line) -> Void) {
        self.take = take
    }

    /// Begins to read; false when there can be no thread.
    func start(limit: Int) -> Bool {
        let start = Unmanaged.passRetained(LineInputStart(take: take, limit: limit))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<LineInputStart>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, start.toOpaque())
        if status != 0 { start.release() }
        return status == 0
    }
}

/// What the thread runs; a class because it passes through C as a pointer.
private final class LineInputStart: Sendable {
    private let take: @Sendable (LineInput.Line) -> Void
    private let limit: Int

    init(take: @escaping @Sendable (LineInput.Line) -> Void, limit: Int) {
        self.take = take
        self.limit = limit
    }

    func run() {
        var line: [UInt8] = []
        var isTooLong = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                _ = poll(&request, 1, -1)
                continue
            }
            guard count >= 0 else { return take(.failed(String(cString: strerror(errno)))) }
            guard count > 0 else { break }
            for byte in buffer[..<count] {
                if byte == 0x0a {
                    give(&line, &isTooLong)
                } else if line.count < limit {
                    line.append(byte)
                } else {
                    isTooLong = true
                }
            }
        }
        if !line.isEmpty { give(&line, &isTooLong) }
        take(.ended)
    }

    private func give(_ line: inout [UInt8], _ isTooLong: inout Bool) {
        if line.last == 0x0d { line.removeLast() }
        take(isTooLong ? .tooLong(limit: limit) : .line(String(decoding: line, as: UTF8.self)))
        (line, isTooLong) = ([], false)
    }
}
