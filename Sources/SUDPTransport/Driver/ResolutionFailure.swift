/// Why a name could not be turned into addresses.
enum ResolutionFailure: Error, Hashable, Sendable {
    /// The name servers did not answer in the time allowed.
    case timedOut
    /// The task was cancelled.
    case cancelled
    /// There is no such name, or no address for it; in the resolver's words.
    case unknown(String)
    /// The system refused.
    case system(SystemError)
}
