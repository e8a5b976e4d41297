import Foundation
import SUDPServices

/// Events of a chat as JSON objects, one a line; the keys are fixed in sudp-chat(1).
enum ChatJSON {
    /// The object for something that a client shows; nil for what only a screen shows.
    static func line(_ output: ChatOutput) -> String? {
        switch output {
        case .event(let event, let mark): line(event, mark)
        case .info(let text): object([("event", "info"), ("text", text)])
        case .complaint(let text): object([("event", "error"), ("text", text)])
        case .unsent, .clear, .bell, .timeStyle, .place: nil
        }
    }

    /// The object for a record of a server's log.
    static func line(_ record: ChatRecord) -> String {
        object(
            [
                ("event", record.event), ("time", ChatClock.universal(record.time)),
                ("room", record.room), ("nick", record.nick), ("other", record.other),
                ("address", record.address), ("text", record.text),
            ], number: record.number)
    }

    private static func line(_ event: ChatEvent, _ mark: ChatMark) -> String? {
        guard event.kind != .done, event.kind != .replayed else { return nil }
        let flags: [(String, Bool)] = [
            ("proven", event.flags.contains(.proven)), ("replay", event.flags.contains(.replay)),
            ("operator", event.flags.contains(.isOperator)), ("own", mark.contains(.own)),
            ("mention", mark.contains(.mention)),
        ]
        // The secret of a welcome is nobody else's business.
        let other = event.kind == .welcome ? "" : event.other
        return object(
            [
                ("event", "\(event.kind)"), ("time", ChatClock.universal(event.time)),
                ("room", event.room), ("nick", event.nick), ("other", other),
                ("text", event.text), ("request", event.refusedRequest ?? ""),
            ], number: [.welcome, .refused].contains(event.kind) ? 0 : event.number,
            flags: flags.filter(\.1).map(\.0))
    }

    private static func object(
        _ fields: [(String, String)], number: UInt64 = 0, flags: [String] = []
    ) -> String {
        var parts = ["\"v\":1"]
        for (key, value) in fields where !value.isEmpty {
            parts.append("\"\(key)\":\(JSONText.string(value))")
        }
        if number > 0 { parts.append("\"number\":\(number)") }
        parts += flags.map { "\"\($0)\":true" }
        return "{" + parts.joined(separator: ",") + "}"
    }

    private struct Input: Decodable {
        var event: String
        var room: String?
        var nick: String?
        var text: String?
    }

    /// Reads an object of the input.
    static func entry(_ line: String) -> ChatEntry {
        guard let input = try? JSONDecoder().decode(Input.self, from: Data(line.utf8)) else {
            return .unusable("a line of the input is no JSON object with a string \"event\"")
        }
        switch (input.event, input.text, input.nick) {
        case ("message", let text?, _): return .say(room: input.room, text: text)
        case ("direct", let text?, let nick?): return .direct(nick: nick, text: text)
        case ("command", let text?, _) where text.hasPrefix("/"): return .typed(text)
        default:
            return .unusable(
                "write {\"event\":\"message\",\"text\":…}, {\"event\":\"direct\",\"nick\":…,"
                    + "\"text\":…} or {\"event\":\"command\",\"text\":\"/…\"}")
        }
    }
}
