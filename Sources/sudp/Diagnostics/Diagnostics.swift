import SUDPServices

/// What this run says on standard error, each line with the program's name in front.
struct Diagnostics: Sendable {
    /// How much is said.
    enum Level: Int, Comparable, Sendable {
        case errors
        case notices
        case everything

        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    /// How a connection is summed up at its end.
    enum SummaryForm: Sendable {
        case none
        case text
        case json
    }

    let level: Level
    let summary: SummaryForm

    /// Says what went wrong.
    func error(_ text: String) {
        Self.say(text)
    }

    /// Says what everybody should know.
    func notice(_ text: String) {
        if level >= .notices { Self.say(text) }
    }

    /// Says what only those who asked want to know.
    func detail(_ text: String) {
        if level >= .everything { Self.say(text) }
    }

    /// Says one line, whatever is in the text.
    static func say(_ text: String) {
        let line = "sudp: \(TerminalText.escaped(text))\n"
        if !LineEditor.shared.showIfActive(line) { StandardStreams.writeMessage(line) }
    }
}
