/// Whom a client hears, and what it rings for.
struct ChatAttention: Sendable {
    var bell = ChatBell.mention
    /// Who told this client something last.
    var replyTo: String?
    private var ignored: Set<String> = []

    /// Whom it ignores.
    var summary: String {
        ignored.isEmpty
            ? "nobody is ignored" : "ignored: \(ignored.sorted().joined(separator: " "))"
    }

    func hears(_ nick: String) -> Bool { !ignored.contains(Nickname.fold(nick)) }

    /// Why somebody is not to be ignored; nil when it can be, or is ignored already.
    func objection(
        toIgnoring nick: String, by own: String, in rooms: [ChatPlace]
    ) -> String? {
        let folded = Nickname.fold(nick)
        if ignored.contains(folded) { return nil }
        if folded == Nickname.fold(own) { return "you cannot ignore yourself" }
        let known = rooms.flatMap(\.names) + [replyTo ?? ""]
        let isKnown = known.contains { Nickname.fold($0) == folded }
        return isKnown ? nil : "nobody here is called \(nick)"
    }

    /// Begins to ignore somebody, or ends that; true when it began.
    mutating func toggle(_ nick: String) -> Bool {
        let folded = Nickname.fold(nick)
        guard ignored.remove(folded) == nil else { return false }
        ignored.insert(folded)
        return true
    }

    /// Whether a message with this mark rings.
    func rings(for mark: ChatMark) -> Bool {
        bell == .all || bell == .mention && mark.contains(.mention)
    }

    /// Whether a name stands in a text as a word.
    static func mentions(_ nick: String, in text: String) -> Bool {
        let name = Nickname.fold(nick)
        return Nickname.fold(text).split { !($0.isLetter || $0.isNumber || "_-.".contains($0)) }
            .contains { $0 == name }
    }
}
