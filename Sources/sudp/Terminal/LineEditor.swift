import CReadline
import Glibc
import Synchronization

/// The input line of a terminal, edited by readline on a thread of its own; what is printed
/// meanwhile appears above it.
///
/// There is one in a process, because there is one readline.
final class LineEditor: Sendable {
    /// What the thread is told through its pipe.
    private enum Wake: UInt8 {
        case work
        case resize
        case suspend
        case resume
    }

    private struct State {
        var texts: [String] = []
        var prompt: String?
        var returned: [String] = []
        var clears = false
        var isActive = false
        var ends = false
        var hasEnded = false
        var ended: [CheckedContinuation<Void, Never>] = []
    }

    static let shared = LineEditor()

    private let state = Mutex(State())
    private let words = Mutex<[String]>([])
    private let onLine = Mutex<(@Sendable (String?) -> Void)?>(nil)
    /// How the line is drawn; nil where readline does that.
    private let display = Mutex<LineDisplay?>(LineDisplay.isPossible ? LineDisplay() : nil)
    private let isKept = Mutex<(@Sendable (String) -> Bool)?>(nil)
    private static let historyLimit: Int32 = 1000
    private static let historyPath = Mutex<String?>(nil)

    private init() {}

    /// Begins; `onLine` hears each line, and nil at the end of the input.
    ///
    /// - Parameters:
    ///   - history: The file that keeps earlier lines.
    ///   - isKept: Whether a line belongs there.
    /// - Returns: false when there can be no thread.
    func start(
        prompt: String, history: String?, isKept: @escaping @Sendable (String) -> Bool,
        onLine: @escaping @Sendable (String?) -> Void
    ) -> Bool {
        self.onLine.withLock { $0 = onLine }
        self.isKept.withLock { $0 = isKept }
        Self.historyPath.withLock { $0 = history }
        state.withLock { ($0.prompt, $0.isActive) = (prompt, true) }
        guard Self.openPipe() else { return false }
        TerminalMode.save()
        var thread = pthread_t()
        return pthread_create(
            &thread, nil,
            { _ in
                LineEditor.shared.run()
                return nil
            }, nil) == 0
    }

    /// Sends lines to somebody else from now on.
    func hand(to onLine: @escaping @Sendable (String?) -> Void) {
        self.onLine.withLock { $0 = onLine }
    }

    /// Prints a text, which ends with a newline, above the input line.
    func show(_ text: String) {
        state.withLock { $0.texts.append(text) }
        Self.wake(.work)
    }

    /// Prints a text above the input line; false when there is none.
    func showIfActive(_ text: String) -> Bool {
        let isActive = state.withLock { $0.isActive && !$0.ends }
        if isActive { show(text) }
        return isActive
    }

    func setPrompt(_ prompt: String) {
        state.withLock { $0.prompt = prompt }
        Self.wake(.work)
    }

    /// Sets the words that Tab completes.
    func setWords(_ all: [String]) {
        words.withLock { $0 = all }
    }

    /// Puts a line back before what was typed since.
    func giveBack(_ line: String) {
        state.withLock { $0.returned.append(line) }
        Self.wake(.work)
    }

    func clearScreen() {
        state.withLock { $0.clears = true }
        Self.wake(.work)
    }

    /// Takes the input line away and gives the terminal back.
    func stop() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                state.ends = true
                if !state.hasEnded { state.ended.append(continuation) }
                return state.hasEnded
            }
            if isOver { continuation.resume() }
            Self.wake(.work)
        }
    }

    // MARK: The thread

    private func run() {
        begin()
        var requests = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wakeSource, events: Int16(POLLIN), revents: 0),
        ]
        var isAtEnd = false
        while !state.withLock({ $0.ends }) {
            // In the background the terminal is another's: nothing is read until it comes back.
            requests[0].fd = isAtEnd || !TerminalMode.isInForeground ? -1 : STDIN_FILENO
            guard poll(&requests, 2, -1) > 0 else { continue }
            if requests[1].revents != 0 { takeWakes() }
            if requests[0].revents & Int16(POLLIN) != 0 {
                rl_callback_read_char()
            } else if requests[0].revents != 0 {
                isAtEnd = true
                tell(nil)
            }
        }
        finish()
    }

    private func begin() {
        let isOwn = display.withLock { $0 != nil }
        sudp_readline_prepare(
            { text, start, _ in LineEditor.completions(text, start) },
            isOwn ? { LineEditor.shared.draw() } : nil,
            isOwn ? { words, count, _ in LineEditor.list(words, Int(count)) } : nil)
        using_history()
        stifle_history(Self.historyLimit)
        if let path = Self.historyPath.withLock({ $0 }) { read_history(path) }
        let prompt = state.withLock { $0.prompt } ?? ""
        rl_callback_handler_install(prompt) { LineEditor.shared.accept($0) }
        let enter: @convention(c) (Int32, Int32) -> Int32 = { _, _ in
            LineEditor.shared.takeLine()
            return 0
        }
        rl_bind_key(13, enter)
        rl_bind_key(10, enter)
        catchSignals()
    }

    private func finish() {
        show()
        erase()
        rl_callback_handler_remove()
        TerminalMode.restore()
        if let path = Self.historyPath.withLock({ $0 }) {
            write_history(path)
            chmod(path, 0o600)
        }
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.ended = [] }
            return state.ended
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Takes the typed line; nothing of it stays on the screen.
    private func takeLine() {
        let line = sudp_readline_line().map { String(cString: $0) } ?? ""
        // What was typed before a line of the history took its place is of no use any more.
        rl_maybe_unsave_line()
        rl_replace_line("", 1)
        redisplay()
        if !line.isEmpty, isKept.withLock({ $0 })?(line) ?? true { add_history(line) }
        using_history()
        tell(line)
    }

    /// The end of the input, which is all that still comes this way.
    private func accept(_ line: UnsafeMutablePointer<CChar>?) {
        guard let line else { return tell(nil) }
        free(line)
    }

    private func tell(_ line: String?) {
        onLine.withLock { $0 }?(line)
    }

    private func takeWakes() {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(wakeSource, &bytes, bytes.count)
        let wakes = bytes.prefix(max(0, count)).compactMap(Wake.init(rawValue:))
        if wakes.contains(.suspend) { suspend() }
        if wakes.contains(.resume), TerminalMode.isInForeground {
            rl_prep_terminal(1)
            redraw()
        }
        if wakes.contains(.resize) { resize() }
        show()
    }

    private func resize() {
        if display.withLock({ $0 == nil }) { return rl_resize_terminal() }
        draw()
    }

    /// Gives the terminal to the shell for as long as the process is stopped.
    private func suspend() {
        erase()
        rl_deprep_terminal()
        fflush(nil)
        kill(getpid(), SIGSTOP)
    }

    // MARK: The screen

    private func erase() {
        guard let text = display.withLock({ $0?.erasure() }) else {
            rl_clear_visible_line()
            fflush(nil)
            return
        }
        Self.put(text)
    }

    /// Draws the line below what is on the screen.
    private func redraw() {
        guard display.withLock({ $0 == nil }) else { return draw() }
        rl_on_new_line()
        rl_forced_update_display()
    }

    private func redisplay() {
        if display.withLock({ $0 == nil }) { rl_redisplay() } else { draw() }
    }

    /// Draws the line in the place of the one that is on the screen, and `texts` above it.
    private func draw(_ texts: String = "") {
        let prompt = sudp_readline_prompt().map { String(cString: $0) } ?? ""
        let line = sudp_readline_line().map { String(cString: $0) } ?? ""
        let cursor = Int(sudp_readline_point())
        let text = display.withLock { display in
            (display?.erasure() ?? "") + texts
                + (display?.drawing(prompt: prompt, text: line, cursor: cursor) {
                    Int(sudp_column_count($0.value))
                } ?? "")
        }
        Self.put(text)
    }

    private static func put(_ text: String) {
        fflush(nil)
        // Where the terminal is gone the input ends, too.
        try? StandardStreams.writeResult(text)
    }

    private func show() {
        let (texts, prompt, clears) = state.withLock { state in
            defer { (state.texts, state.prompt, state.clears) = ([], nil, false) }
            return (state.texts, state.prompt, state.clears)
        }
        takeBack()
        guard !texts.isEmpty || prompt != nil || clears else { return }
        let text = (clears ? "\u{1b}[H\u{1b}[2J" : "") + texts.joined()
        if let prompt { rl_set_prompt(prompt) }
        if display.withLock({ $0 != nil }) { return draw(text) }
        erase()
        Self.put(text)
        redraw()
    }

    private func takeBack() {
        let lines = state.withLock { state in
            defer { state.returned = [] }
            return state.returned
        }
        guard !lines.isEmpty else { return }
        let typed = sudp_readline_line().map { String(cString: $0) } ?? ""
        erase()
        rl_replace_line((lines + (typed.isEmpty ? [] : [typed])).joined(separator: "\n"), 1)
        _ = rl_end_of_line(1, 0)
        redraw()
    }

    // MARK: Completion

    private static func completions(
        _ text: UnsafePointer<CChar>?, _ start: Int32
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        guard let text else { return nil }
        let typed = String(cString: text).lowercased()
        let all = shared.words.withLock { $0 }
        let fitting = all.filter { word in
            (start == 0 || !word.hasPrefix("/")) && word.lowercased().hasPrefix(typed)
        }
        candidates.withLock { $0 = start == 0 ? fitting.map(addressed) : fitting }
        sudp_readline_completion_is_ours(32)
        return rl_completion_matches(text) { _, state in
            LineEditor.candidates.withLock { all in
                let index = Int(state)
                return strdup(all.indices.contains(index) ? all[index] : "")
                    .flatMap { all.indices.contains(index) ? $0 : nil }
            }
        }
    }

    /// Shows the words that fit above the line, the common beginning left out.
    private static func list(
        _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int
    ) {
        guard let words, count > 0 else { return }
        let shown = (1...min(count, listLimit)).compactMap { words[$0].map { String(cString: $0) } }
        let rest = count > listLimit ? "  and \(count - listLimit) more" : ""
        shared.show(shown.joined(separator: "  ") + rest + "\n")
    }

    private static let listLimit = 200
    private static let candidates = Mutex<[String]>([])

    /// A name at the beginning of a line is spoken to.
    private static func addressed(_ word: String) -> String {
        word.hasPrefix("/") || word.hasPrefix("#") ? word : word + ":"
    }

    // MARK: Signals

    private func catchSignals() {
        for (number, handler) in [
            (SIGWINCH, { _ in LineEditor.wake(.resize) }),
            (SIGTSTP, { _ in LineEditor.wake(.suspend) }),
            (SIGCONT, { _ in LineEditor.wake(.resume) }),
        ] as [(Int32, @convention(c) (Int32) -> Void)] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = handler
            action.sa_flags = SA_RESTART
            sigaction(number, &action, nil)
        }
    }

    private static func openPipe() -> Bool {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return false }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeSource, wakeSink) = (ends[0], ends[1])
        return true
    }

    /// write(2) is async-signal-safe (signal-safety(7)); a full pipe wakes as well.
    private static func wake(_ reason: Wake) {
        let savedError = errno
        var byte = reason.rawValue
        _ = write(wakeSink, &byte, 1)
        errno = savedError
    }
}

// The ends of the pipe; set once, before the thread starts.
nonisolated(unsafe) private var wakeSource: Int32 = -1
nonisolated(unsafe) private var wakeSink: Int32 = -1
