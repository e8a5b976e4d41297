/// The codes with which a benchmark's connections end.
enum BenchCode: UInt64, Sendable {
    /// What was asked for is done.
    case complete = 0
    /// This side was told to stop by a signal.
    case interrupted = 4
    /// What the peer sent is not of the protocol.
    case notUnderstood = 8
    /// The server serves as many clients as it wants.
    case full = 64
    /// The client's time is over.
    case timeOver = 65
    /// The token is of no client that is here, or it has as many connections as it may.
    case notAdmitted = 66
    /// The client does not know the server's secret.
    case wrongSecret = 67
    /// The client has moved as many bytes as it may.
    case bytesOver = 68
}
