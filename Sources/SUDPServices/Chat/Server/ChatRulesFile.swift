internal import Glibc
internal import SystemPackage

/// Bans and reserved names in a file, one a line, the fields between tabs.
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
    func save(_ rules: ChatRules) {
        let temporary = "\(path).\(getpid())"
        SmallFile.remove(temporary)
        do throws(FileFailure) {
            try SmallFile.create(
                temporary, Self.text(of: rules), permissions: [.ownerReadWrite])
            try SmallFile.rename(temporary, to: path)
        } catch {
            SmallFile.remove(temporary)
        }
    }

    static func text(of rules: ChatRules) -> String {
        let bans = rules.bans.map { ban in
            ["ban", ban.nick, ban.pin ?? "-", ban.host ?? "-", String(ban.until), ban.reason]
        }
        let names = rules.reservations.map { ["name", $0.name.text, $0.pin] }
        return (bans + names).map { fields in
            fields.map(field).joined(separator: "\t") + "\n"
        }.joined()
    }

    static func parse(_ text: String) -> ChatRules {
        var rules = ChatRules()
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(
                String.init)
            if fields.count == 6, fields[0] == "ban", let until = UInt64(fields[4]) {
                _ = rules.add(
                    ChatRules.Ban(
                        nick: fields[1], pin: fields[2] == "-" ? nil : fields[2],
                        host: fields[3] == "-" ? nil : fields[3], until: until,
                        reason: fields[5]), now: 0)
            } else if fields.count == 3, fields[0] == "name", let name = Nickname(fields[1]) {
                _ = rules.reserve(name, for: fields[2])
            }
        }
        return rules
    }

    private static func field(_ text: String) -> String {
        TerminalText.escaped(text)
    }
}
