internal import Glibc
internal import SystemPackage

/// Bans, mutes, reserved names, operators and the greeting in a file, one a line, with tabs between
/// the fields.
final class ChatRulesFile: Sendable {
    let initial: ChatRules
    private let path: String

    init(path: String) throws {
        self.path = path
        do throws(FileFailure) {
            initial = Self.parse(try SmallFile.read(path))
        } catch {
            guard case .missing = error else { throw error }
            initial = ChatRules()
            try SmallFile.create(path, "", permissions: [.ownerReadWrite])
        }
    }

    /// Replaces the file; a reader sees the old one or the new one.
    func save(_ rules: ChatRules) throws(FileFailure) {
        let temporary = "\(path).\(getpid())"
        SmallFile.remove(temporary)
        do throws(FileFailure) {
            try SmallFile.create(
                temporary, Self.text(of: rules), permissions: [.ownerReadWrite])
            try SmallFile.rename(temporary, to: path)
        } catch {
            SmallFile.remove(temporary)
            throw error
        }
    }

    static func text(of rules: ChatRules) -> String {
        var lines = rules.bans.map { line("ban", $0) } + rules.mutes.map { line("mute", $0) }
        lines += rules.reservations.map { ["name", $0.name.text, $0.pin] }
        lines += rules.operators.sorted().map { ["op", $0] }
        if let greeting = rules.greeting {
            lines += greeting.split(separator: "\n", omittingEmptySubsequences: false)
                .map { ["motd", String($0)] }
        }
        return lines.map { fields in
            fields.map(field).joined(separator: "\t") + "\n"
        }.joined()
    }

    private static func line(_ kind: String, _ ban: ChatRules.Ban) -> [String] {
        [kind, ban.nick, ban.pin ?? "-", ban.host ?? "-", String(ban.until), ban.reason]
    }

    static func parse(_ text: String) -> ChatRules {
        var rules = ChatRules()
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(
                String.init)
            switch (fields.first, fields.count) {
            case ("ban", 6): if let ban = Self.ban(fields) { _ = rules.add(ban, now: 0) }
            case ("mute", 6): if let mute = Self.ban(fields) { _ = rules.mute(mute, now: 0) }
            case ("name", 3):
                if let name = Nickname(fields[1]) { _ = rules.reserve(name, for: fields[2]) }
            case ("op", 2): _ = rules.appoint(fields[1])
            case ("motd", 2):
                rules.greeting = rules.greeting.map { $0 + "\n" + fields[1] } ?? fields[1]
            default: break
            }
        }
        return rules
    }

    private static func ban(_ fields: [String]) -> ChatRules.Ban? {
        guard let until = UInt64(fields[4]) else { return nil }
        return ChatRules.Ban(
            nick: fields[1], pin: fields[2] == "-" ? nil : fields[2],
            host: fields[3] == "-" ? nil : fields[3], until: until, reason: fields[5])
    }

    private static func field(_ text: String) -> String {
        TerminalText.escaped(text)
    }
}
