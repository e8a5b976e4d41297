/// What a line that somebody typed asks for.
enum ChatCommand: Equatable, Sendable {
    case say(String)
    case act(String)
    case direct(nick: String, text: String)
    case reply(String)
    case nick(String)
    case join(String)
    case part(String)
    case names
    case rooms
    case whois(String)
    case away(String)
    case back
    case ignore(String)
    case topic(String?)
    case bell(ChatBell)
    case time(ChatTimeStyle)
    case clear
    case help
    case quit(String)
    case operate(ChatRequest.Kind, nick: String, seconds: UInt64, text: String)
    /// It cannot be meant; the text says why.
    case wrong(String)

    /// The commands with their arguments and meanings, as `/help` shows them.
    static let usages: [(name: String, arguments: String, meaning: String)] = [
        ("help", "", "this list"),
        ("nick", "NAME", "take another name"),
        ("me", "TEXT", "say what you do"),
        ("msg", "NICK TEXT", "tell one person"),
        ("reply", "TEXT", "tell the person who told you last"),
        ("join", "#ROOM", "enter a room, or turn to one that you are in"),
        ("leave", "[#ROOM]", "leave a room"),
        ("rooms", "", "list the rooms"),
        ("names", "", "list who is in the room"),
        ("whois", "NICK", "what is known of a person"),
        ("away", "[NOTE]", "say that you are away"),
        ("back", "", "say that you are back"),
        ("ignore", "[NICK]", "hear nothing of a person, or hear it again"),
        ("topic", "[TEXT]", "show or set the room's topic"),
        ("bell", "off|mention|dm|all", "when to ring"),
        ("time", "off|hm|full", "how to show times"),
        ("clear", "", "clear the screen"),
        ("quit", "[REASON]", "leave"),
        ("kick", "NICK [REASON]", "operators: throw somebody out"),
        (
            "ban", "NICK|ADDRESS [TIME] [REASON]",
            "operators: keep somebody out, or 192.0.2.0/24, as for 90s, 10m, 1h, 2d"
        ),
        ("unban", "NICK|ADDRESS", "operators: let somebody in again"),
        ("bans", "", "operators: list the bans"),
        ("mute", "NICK [TIME]", "operators: let somebody not speak, as for 10m"),
        ("unmute", "NICK", "operators: let somebody speak"),
        ("op", "NICK", "operators: make somebody an operator"),
        ("deop", "NICK", "operators: take that back"),
        ("motd", "TEXT", "operators: what everybody is told first"),
    ]

    /// What `/help` shows.
    static var helpLines: [String] {
        usages.map { entry in
            let usage = "/\(entry.name) \(entry.arguments)"
            return usage + String(repeating: " ", count: max(1, 30 - usage.count)) + entry.meaning
        }
    }

    /// Reads a line; `//x` says `/x`.
    init(_ line: String) {
        guard line.hasPrefix("/") else {
            self = .say(line)
            return
        }
        guard !line.hasPrefix("//") else {
            self = .say(String(line.dropFirst()))
            return
        }
        // Completion leaves a blank behind a name.
        let (word, tail) = Self.split(String(line.dropFirst()))
        let rest = String(tail.reversed().drop { $0.isWhitespace }.reversed())
        self = Self.command(word.lowercased(), rest) ?? .wrong(Self.complaint(word))
    }

    private static func complaint(_ word: String) -> String {
        guard let known = usages.first(where: { $0.name == word.lowercased() }) else {
            return "unknown command /\(word): not sent; see /help, or begin with // to say it"
        }
        return "write /\(known.name)\(known.arguments.isEmpty ? "" : " \(known.arguments)")"
    }

    private static func command(_ word: String, _ rest: String) -> ChatCommand? {
        switch word {
        case "help": return .help
        case "nick": return rest.isEmpty ? nil : .nick(rest)
        case "me": return rest.isEmpty ? nil : .act(rest)
        case "msg": return pair(rest).map { .direct(nick: $0, text: $1) }
        case "reply", "r": return rest.isEmpty ? nil : .reply(rest)
        case "join": return rest.isEmpty ? nil : .join(rest)
        case "leave", "part": return .part(rest)
        case "rooms": return .rooms
        case "names": return .names
        case "whois": return rest.isEmpty ? nil : .whois(rest)
        case "away": return .away(rest)
        case "back": return .back
        case "ignore": return .ignore(rest)
        case "topic": return .topic(rest.isEmpty ? nil : rest)
        case "bell": return ChatBell(rawValue: rest).map { .bell($0) }
        case "time": return ChatTimeStyle(rawValue: rest).map { .time($0) }
        case "clear": return .clear
        case "quit": return .quit(rest)
        default: return operation(word, rest)
        }
    }

    private static func operation(_ word: String, _ rest: String) -> ChatCommand? {
        switch word {
        case "motd": return .operate(.motd, nick: "", seconds: 0, text: rest)
        case "bans": return .operate(.bans, nick: "", seconds: 0, text: "")
        default: break
        }
        let kinds: [String: ChatRequest.Kind] = [
            "kick": .kick, "ban": .ban, "unban": .unban, "mute": .mute, "unmute": .unmute,
            "op": .op, "deop": .deop,
        ]
        guard let kind = kinds[word], !rest.isEmpty else { return nil }
        let (nick, tail) = split(rest)
        guard kind == .ban || kind == .mute else {
            return .operate(kind, nick: nick, seconds: 0, text: tail)
        }
        let (first, rest) = split(tail)
        guard let seconds = seconds(first), seconds > 0 else {
            // For ever is too long for a time that was written wrong.
            let mayBeReason = first.first.map { !"+-".contains($0) && !$0.isNumber } ?? true
            guard mayBeReason, kind == .ban || tail.isEmpty else { return nil }
            return .operate(kind, nick: nick, seconds: 0, text: tail)
        }
        guard kind == .ban || rest.isEmpty else { return nil }
        return .operate(kind, nick: nick, seconds: seconds, text: rest)
    }

    /// A length of time such as 90s, 10m, 1h or 2d.
    static func seconds(_ text: String) -> UInt64? {
        guard let unit = text.last, let number = UInt64(text.dropLast()), number < 1_000_000 else {
            return nil
        }
        let factors: [Character: UInt64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        return factors[unit].map { $0 * number }
    }

    private static func pair(_ text: String) -> (String, String)? {
        let (first, rest) = split(text)
        return first.isEmpty || rest.isEmpty ? nil : (first, rest)
    }

    /// The first word and what follows it.
    private static func split(_ text: String) -> (String, String) {
        guard let space = text.firstIndex(where: { $0 == " " || $0 == "\n" }) else {
            return (text, "")
        }
        let rest = text[text.index(after: space)...].drop { $0 == " " }
        return (String(text[..<space]), String(rest))
    }
}

/// When the terminal rings.
public enum ChatBell: String, CaseIterable, Sendable {
    case off
    case mention
    case dm
    case all
}

/// How times are shown.
public enum ChatTimeStyle: String, CaseIterable, Sendable {
    case off
    case hm
    case full
}
