/// What a sender does with symbolic links inside the directories that it sends.
public enum LinkPolicy: String, Sendable, CaseIterable {
    /// Leaves them out.
    case skip
    /// Sends those that stay inside the directory as links and leaves out the others.
    case copy
    /// Sends what they lead to.
    case follow
}
