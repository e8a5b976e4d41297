/// The codes with which the services of this module end a stream or a connection.
public enum ApplicationCode: UInt64, Sendable {
    /// Everything was delivered and confirmed.
    case complete = 0
    /// Whoever read this side's output went away.
    case outputClosed = 1
    /// This side could not write what it received.
    case outputFailed = 2
    /// This side could not read what it should send.
    case inputFailed = 3
    /// This side was told to stop by a signal.
    case interrupted = 4
    /// This side wants no data.
    case dataNotWanted = 5
    /// Nothing moved for as long as this side allows.
    case idle = 6
    /// The command behind the connection could not run or was killed.
    case commandFailed = 7
    /// What the peer sent is not what this service understands.
    case notUnderstood = 8
    /// This side only finishes what it has begun.
    case ending = 9

    /// What the peer did, for the user of this side.
    var peerDeed: String {
        switch self {
        case .complete: "peer ended the connection"
        case .outputClosed: "peer closed its output"
        case .outputFailed: "peer could not write its output"
        case .inputFailed: "peer could not read its input"
        case .interrupted: "peer was interrupted"
        case .dataNotWanted: "peer wants no data"
        case .idle: "peer gave up waiting for data"
        case .commandFailed: "peer's command failed"
        case .notUnderstood: "peer did not understand what this side sent"
        case .ending: "peer is ending and takes nothing new"
        }
    }
}
