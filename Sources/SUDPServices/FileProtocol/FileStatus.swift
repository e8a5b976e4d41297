/// What became of one file, directory or link; the numbers are those of the protocol.
public enum FileStatus: UInt8, Sendable, Hashable {
    /// It is in its place, complete and durable, or was there already.
    case stored = 0
    /// Something else is there and must not be replaced.
    case exists = 1
    /// The disk or a quota is full.
    case noSpace = 2
    /// The receiver may not make it.
    case cannotCreate = 3
    /// The receiver takes no such name, kind or number of files.
    case refused = 4
    /// The receiver could not write it.
    case cannotWrite = 5
    /// What arrived is not what was sent.
    case mismatch = 6
    /// Another sender is sending it.
    case busy = 7
    /// The source is not there.
    case sourceMissing = 8
    /// The source could not be read.
    case sourceUnreadable = 9
    /// The source changed while it was read.
    case sourceChanged = 10
    /// The receiver's rules keep what it has, or nothing was to be stored; no failure.
    case kept = 11

    /// Whether all is as both sides want it.
    public var isSuccess: Bool { self == .stored || self == .kept }
}
