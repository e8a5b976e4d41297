/// Whom a client hears, and what it rings for.
struct ChatAttention: Sendable {
    var bell = ChatBell.mention
    /// Who told this client something last.
    var replyTo: String?
    private var ignored: Set<String> = []

    /// The ignored names.
    var names: [String] { ignored.sorted() }

    func hears(_ nick: String) -> Bool { !ignored.contains(Nickname.fold(nick)) }

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
