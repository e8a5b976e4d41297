import Glibc
import SUDPServices
import Synchronization

/// A chat on a terminal: an input line at the bottom, everything else above it.
final class TerminalChat: ChatFront {
    fileprivate struct State {
        var text = ChatText()
        var waiting: CheckedContinuation<String?, Never>?
        var presence = ChatPresence()
        /// Tells at the end of a crowd how many it was.
        var summing: Task<Void, Never>?
        var isChatting = false
    }

    private static let history = StateDirectory.path(of: "chat_history")
    private let state = Mutex(State())
    private let hidesPresence: Bool
    private let log: ChatLogFile?

    init(time: ChatTimeStyle, hasColours: Bool, hidesPresence: Bool, log: ChatLogFile?) {
        self.hidesPresence = hidesPresence
        self.log = log
        state.withLock { state in
            state.text.time = time
            state.text.hasColours = hasColours
        }
    }

    /// Whether a chat can be shown as one: both ends are terminals.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Begins; must come before everything else.
    func open() throws {
        let started = LineEditor.shared.start(
            prompt: "", history: Self.history, isKept: { [self] in isKept($0) },
            onLine: { [self] in answer($0) })
        guard started else { throw PipeFailure.noThread }
    }

    /// What is meant for one person is nobody's business later, and an answer to a question is no
    /// line of the chat.
    private func isKept(_ line: String) -> Bool {
        guard state.withLock({ $0.isChatting && $0.waiting == nil }) else { return false }
        let command = line.lowercased().prefix { !$0.isWhitespace }
        return !["/msg", "/reply", "/r"].contains(command)
    }

    /// Asks for a name; nil when the user gives up.
    func askName() async -> String? {
        LineEditor.shared.setPrompt("nickname: ")
        return await nextLine()
    }

    func start(_ feed: ChatFeed) {
        state.withLock { $0.isChatting = true }
        LineEditor.shared.hand { [self] line in
            if answerWaiting(line) { return }
            if let line { feed.put(.typed(line)) } else { feed.put(.typed("/quit")) }
        }
    }

    func anotherName(because reason: String) async -> String? {
        LineEditor.shared.show(state.withLock { $0.text.complaint(reason) } + "\n")
        return await askName()
    }

    func show(_ outputs: [ChatOutput]) {
        let shown = outputs.filter { !hidesPresence || !ChatPresence.isAll(of: $0) }
        let text = state.withLock { state in shown.map { state.render($0) }.joined() }
        if let log { for output in outputs { log.write(output) } }
        for output in outputs {
            switch output {
            case .unsent(let line): LineEditor.shared.giveBack(line)
            case .clear: LineEditor.shared.clearScreen()
            case .place(let room, let nick, let names): setPlace(room, nick, names)
            default: break
            }
        }
        if !text.isEmpty { LineEditor.shared.show(text) }
        sumUpLater()
    }

    /// Makes sure that a crowd is summed up even when nothing else happens.
    private func sumUpLater() {
        state.withLock { state in
            guard state.presence.hidesSomebody, state.summing == nil else { return }
            state.summing = Task { [self] in
                try? await Task.sleep(for: .milliseconds(ChatPresence.milliseconds))
                sumUp()
            }
        }
    }

    private func sumUp() {
        let text = state.withLock { state in
            state.summing = nil
            return state.presence.summary().map { state.text.info($0) + "\n" }
        }
        if let text { LineEditor.shared.show(text) }
    }

    func close() async {
        await LineEditor.shared.stop()
    }

    private func setPlace(_ room: String, _ nick: String, _ names: [String]) {
        LineEditor.shared.setPrompt(
            "\(TerminalText.escaped(room)) \(TerminalText.escaped(nick))> ")
        LineEditor.shared.setWords(
            ChatCommandNames.all.map { "/\($0)" } + names.map { TerminalText.escaped($0) })
    }

    private func nextLine() async -> String? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.waiting = continuation }
                if Task.isCancelled { answer(nil) }
            }
        } onCancel: {
            answer(nil)
        }
    }

    private func answer(_ line: String?) {
        _ = answerWaiting(line)
    }

    private func answerWaiting(_ line: String?) -> Bool {
        let waiting = state.withLock { $0.waiting.take() }
        waiting?.resume(returning: line)
        return waiting != nil
    }
}

extension TerminalChat.State {
    /// The lines that an output adds to the screen.
    fileprivate mutating func render(_ output: ChatOutput) -> String {
        var lines: [String] = []
        switch output {
        case .event(let event, let mark):
            if mark.contains(.presence) {
                guard presence.isShown(event) else { return "" }
            } else if let rest = presence.summary() {
                lines.append(text.info(rest))
            }
            lines += text.lines(of: event, mark)
        case .info(let words): lines.append(text.info(words))
        case .complaint(let words): lines.append(text.complaint(words))
        case .bell: return "\u{7}"
        case .timeStyle(let style): text.time = style
        case .unsent, .clear, .place: break
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
