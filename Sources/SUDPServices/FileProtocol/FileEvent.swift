/// What a transfer has to tell while it goes on.
public enum FileEvent: Sendable {
    /// A file, directory or link is in its place; `note` says how when it was not simply created.
    case stored(path: String, size: UInt64, digest: [UInt8], note: String)
    /// In a dry run: what the receiver would do, as `note` says.
    case planned(path: String, size: UInt64, note: String)
    /// A file did not arrive.
    case failed(FileProblem)
    /// A link was left out by the sender's rules.
    case leftOut(path: String, reason: String)
}
