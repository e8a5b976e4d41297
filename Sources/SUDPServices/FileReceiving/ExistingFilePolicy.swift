/// What a receiver does where a file of the same name is there already.
public enum ExistingFilePolicy: Sendable, Hashable {
    /// Refuses the new one, unless it is the same.
    case refuse
    /// Replaces the old one.
    case overwrite
    /// Stores the new one under a name with a number behind it.
    case rename
    /// Keeps the old one and counts that as success.
    case skip
    /// Replaces the old one when it is older, and else keeps it.
    case update
}
