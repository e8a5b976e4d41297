/// What people read of a chat: lines that hold nothing but printable text.
///
/// Lines of this program begin with `--`, or `!!` for what did not work; what somebody said begins
/// with a name, so that nobody can make a line look like one of the program.
public struct ChatText: Sendable {
    /// How times are shown.
    public var time = ChatTimeStyle.off
    /// Whether names have colours.
    public var hasColours = false
    /// Whether lines say which room they are of; those of other rooms do always.
    public var showsRooms = false

    /// Makes the plainest form.
    public init() {}

    /// The lines for an event; none when there is nothing to see.
    public func lines(of event: ChatEvent, _ mark: ChatMark) -> [String] {
        switch event.kind {
        case .message: speech(event, mark, head: "<\(name(event))>")
        case .action: speech(event, mark, head: "* \(name(event))")
        case .direct: speech(event, mark, head: directHead(event, mark))
        case .rooms, .welcome:
            event.text.split(separator: "\n").map { system("\($0)", event) }
        case .done, .replayed: []
        case .refused: [complaint(event.text)]
        default: sentence(of: event).map { [system($0, event)] } ?? []
        }
    }

    /// A line of this program about this client.
    public func info(_ text: String) -> String {
        colour("-- \(TerminalText.escaped(text))", "2")
    }

    /// A line of this program about something that did not work.
    public func complaint(_ text: String) -> String {
        colour("!! \(TerminalText.escaped(text))", "31")
    }

    // MARK: Speech

    private func speech(_ event: ChatEvent, _ mark: ChatMark, head: String) -> [String] {
        let stamp = stamp(event)
        let isElsewhere = mark.contains(.elsewhere) || showsRooms && !event.room.isEmpty
        let room = isElsewhere ? "\(TerminalText.escaped(event.room)) " : ""
        // An honest server lets no more lines pass; of others the newlines are spelt out.
        return event.text.split(
            separator: "\n", maxSplits: ChatConstants.maximumLineCount,
            omittingEmptySubsequences: false
        ).map { line in
            let text = TerminalText.line(line)
            let shown = mark.contains(.mention) ? colour(text, "1;33") : text
            return "\(stamp)\(room)\(head) \(shown)"
        }
    }

    private func directHead(_ event: ChatEvent, _ mark: ChatMark) -> String {
        mark.contains(.own)
            ? "[you -> \(paint(event.other))]" : "[\(name(event)) -> you]"
    }

    /// The name of whoever did it, in a colour of its own.
    private func name(_ event: ChatEvent) -> String {
        (event.flags.contains(.proven) ? "✓" : "") + paint(event.nick)
    }

    private func paint(_ nick: String) -> String {
        // The names of a well-behaved server need no escaping; those of another one may.
        let text = TerminalText.escaped(
            String(nick.unicodeScalars.prefix(2 * ChatConstants.maximumNicknameLength)))
        let sum = nick.unicodeScalars.reduce(UInt32(7)) { $0 &* 31 &+ $1.value }
        return colour(text, ["32", "33", "34", "35", "36", "92", "94", "95", "96"][Int(sum % 9)])
    }

    // MARK: Sentences

    private func system(_ text: String, _ event: ChatEvent) -> String {
        stamp(event) + info(text)
    }

    private func sentence(of event: ChatEvent) -> String? {
        let why = event.text.isEmpty ? "" : " (\(event.text))"
        return switch event.kind {
        case .room:
            "you are in \(event.room) as \(event.nick)"
                + (event.text.isEmpty ? "" : "; topic: \(event.text)")
        case .joined: "\(event.nick) joined \(event.room)"
        case .left: "\(event.nick) left \(event.room)\(why)"
        case .renamed: "\(event.nick) is now \(event.other)"
        case .away: "\(event.nick) is away\(why)"
        case .back: "\(event.nick) is back"
        case .topic: "\(event.nick) set the topic of \(event.room): \(event.text)"
        case .names: "in \(event.room) (\(event.number)): \(event.text)"
        case .whois: "\(event.nick): \(event.text)"
        case .kicked: "\(event.other) was \(event.text)"
        case .notice: event.text
        case .gap: "\(event.number) messages in \(event.room) are no longer kept"
        case .closing: "the server ends"
        default: nil
        }
    }

    private func stamp(_ event: ChatEvent) -> String {
        switch time {
        case .off: ""
        case .hm: colour(ChatClock.hoursAndMinutes(event.time), "2") + " "
        case .full: colour(ChatClock.full(event.time), "2") + " "
        }
    }

    private func colour(_ text: String, _ code: String) -> String {
        hasColours ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}

extension ChatRecord {
    /// The record as one line of a log.
    public var line: String {
        var words = [ChatClock.universal(time), event]
        if !room.isEmpty { words.append(room) }
        if number > 0 { words.append("\(number)") }
        if !nick.isEmpty { words.append("<\(nick)>") }
        if !other.isEmpty { words.append(other) }
        if !address.isEmpty { words.append("from \(address)") }
        let head = TerminalText.escaped(words.joined(separator: " "))
        return text.isEmpty ? head : "\(head): \(TerminalText.escaped(text))"
    }
}
