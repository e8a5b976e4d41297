/// Keeps a crowd that comes or goes from filling the screen.
public struct ChatPresence: Sendable {
    private static let shownCount = 5
    private static let milliseconds: UInt64 = 10_000

    private var start: UInt64 = 0
    private var count = 0
    private var hiddenCount = 0

    /// Begins with nobody.
    public init() {}

    /// Whether somebody who comes or goes at this time gets a line of its own.
    public mutating func isShown(at time: UInt64) -> Bool {
        if time < start || time - start > Self.milliseconds { (start, count) = (time, 0) }
        count += 1
        if count > Self.shownCount { hiddenCount += 1 }
        return count <= Self.shownCount
    }

    /// How many got none since the last time; nil for nobody.
    public mutating func summary() -> String? {
        guard hiddenCount > 0 else { return nil }
        defer { hiddenCount = 0 }
        return "\(hiddenCount) more came, went or changed their names"
    }
}

/// The names of the commands, without the `/`.
public enum ChatCommandNames {
    /// Every command.
    public static let all = ChatCommand.usages.map(\.name)
}
