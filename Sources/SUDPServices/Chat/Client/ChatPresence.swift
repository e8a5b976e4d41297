/// Keeps a crowd that comes or goes from filling the screen.
public struct ChatPresence: Sendable {
    private static let shownCount = 5
    /// How long a crowd is one crowd.
    public static let milliseconds: UInt64 = 10_000

    private var start: UInt64 = 0
    private var count = 0
    private var hidden: [ChatEvent.Kind: Int] = [:]

    /// Begins with nobody.
    public init() {}

    /// Whether somebody got no line since the last summary.
    public var hidesSomebody: Bool { !hidden.isEmpty }

    /// Whether it only tells that somebody comes, goes, is away or back.
    public static func isAll(of output: ChatOutput) -> Bool {
        guard case .event(let event, let mark) = output else { return false }
        return mark.contains(.presence) && event.kind != .renamed
    }

    /// Whether somebody who comes or goes gets a line of its own.
    public mutating func isShown(_ event: ChatEvent) -> Bool {
        if event.time < start || event.time - start > Self.milliseconds {
            (start, count) = (event.time, 0)
        }
        count = min(count + 1, Self.shownCount + 1)
        guard count > Self.shownCount else { return true }
        hidden[event.kind, default: 0] += 1
        return false
    }

    /// How many got none since the last time; nil for nobody.
    public mutating func summary() -> String? {
        guard hidesSomebody else { return nil }
        defer { hidden = [:] }
        let deeds: [(ChatEvent.Kind, String)] = [
            (.joined, "joined"), (.left, "left"), (.renamed, "changed their names"),
            (.away, "went away"), (.back, "came back"),
        ]
        let parts = deeds.compactMap { kind, deed in hidden[kind].map { "\($0) more \(deed)" } }
        return parts.joined(separator: ", ")
    }
}

/// The names of the commands, without the `/`.
public enum ChatCommandNames {
    /// Every command.
    public static let all = ChatCommand.usages.map(\.name)
}
