import ArgumentParser
import SUDPServices
import SUDPTransport

/// What belongs to `chat --serve` only.
struct ChatServerOptions: ParsableArguments {
    @Option(
        name: .customLong("history"),
        help: ArgumentHelp(
            "Tell newcomers the last so many messages of a room; 50 by default.",
            valueName: "count"))
    var historyCount: Int?

    @Option(
        name: .customLong("history-file"),
        help: ArgumentHelp("Keep them in this file over a restart.", valueName: "file"),
        completion: .file())
    var historyFile: String?

    @Option(
        name: .customLong("rules-file"),
        help: ArgumentHelp(
            "Keep bans, names and operators in this file over a restart.", valueName: "file"),
        completion: .file())
    var rulesFile: String?

    @Option(
        name: .customLong("admin"),
        help: ArgumentHelp(
            "Make the owner of this key an operator; may be repeated.", valueName: "sha256:hex"))
    var admins: [String] = []

    @Option(
        name: .customLong("motd"),
        help: ArgumentHelp("Tell this to everybody who comes.", valueName: "text"))
    var greeting: String?

    func validate() throws {
        if let historyCount, !(0...ChatConstants.maximumHistoryCount).contains(historyCount) {
            throw ValidationError(
                "--history is a number from 0 to \(ChatConstants.maximumHistoryCount).")
        }
        if admins.contains(where: { Self.digest($0) == nil }) {
            throw ValidationError("--admin is a pin or a SHA-256 fingerprint of a certificate.")
        }
    }

    /// A pin, or a fingerprint as `openssl x509 -fingerprint -sha256` writes it, with or without
    /// what stands before its digits.
    private static func digest(_ text: String) -> PublicKeyPin? {
        let value = text.drop { $0 != "=" }.dropFirst()
        var digits = value.isEmpty ? text[...] : value
        if digits.lowercased().hasPrefix("sha256:") { digits = digits.dropFirst("sha256:".count) }
        return PublicKeyPin("sha256:" + digits.filter { $0 != ":" })
    }

    /// The first of these options that was given; nil when none was.
    var given: String? {
        [
            ("--history", historyCount != nil),
            ("--history-file", historyFile != nil), ("--rules-file", rulesFile != nil),
            ("--admin", !admins.isEmpty), ("--motd", greeting != nil),
        ].first(where: \.1)?.0
    }

    var configuration: ChatServer.Configuration {
        var configuration = ChatServer.Configuration()
        configuration.admins = Set(admins.compactMap { Self.digest($0)?.description })
        configuration.historyCount = historyCount ?? ChatConstants.defaultHistoryCount
        configuration.historyFile = historyFile
        configuration.rulesFile = rulesFile
        configuration.greeting = greeting ?? ""
        return configuration
    }
}
