/// One file that did not arrive, and why.
public struct FileProblem: Error, Hashable, Sendable {
    /// The path that the user knows.
    public let path: String
    /// What kind of failure it was.
    public let status: FileStatus
    /// Why, in words that may come from the peer.
    public let reason: String
    /// Whether it failed because the directory that it is in did.
    public internal(set) var isConsequence = false
}

extension FileProblem: CustomStringConvertible {
    /// What failed and why, in one line that is safe to print.
    public var description: String {
        "\(TerminalText.escaped(path)): \(TerminalText.escaped(reason))"
    }
}
