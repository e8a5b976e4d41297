import Glibc
import Synchronization

/// The mode in which the program found the terminal, to be put back on every way out.
enum TerminalMode {
    private static let saved = Mutex<termios?>(nil)

    /// Whether this process may read from the terminal now.
    static var isInForeground: Bool { tcgetpgrp(STDIN_FILENO) == getpgrp() }

    /// Remembers the mode.
    static func save() {
        var mode = termios()
        guard tcgetattr(STDIN_FILENO, &mode) == 0 else { return }
        saved.withLock { $0 = mode }
        atexit { TerminalMode.restore() }
    }

    /// Puts the mode back, and ends bracketed paste; does nothing the second time.
    static func restore() {
        guard var mode = saved.withLock({ $0.take() }), isInForeground else { return }
        tcsetattr(STDIN_FILENO, TCSADRAIN, &mode)
        let text = "\u{1b}[?2004l\r"
        if getenv("TERM").map({ String(cString: $0) != "dumb" }) ?? false {
            StandardStreams.writeMessage(text)
        }
    }
}
