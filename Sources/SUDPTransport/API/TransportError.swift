public import SUDPProtocol

/// Why something could not be done, for a program and for a person.
public struct TransportError: Error, Hashable, Sendable {
    /// Whose fault it is and what to do about it, as an exit status would tell.
    public enum Category: Hashable, Sendable {
        /// Nobody listens at the peer's port.
        case refused
        /// The peer cannot be reached, or its name is not known.
        case unreachable
        /// The server takes no more connections.
        case serverFull
        /// The peer did not answer in the time allowed.
        case timeout
        /// The peer fell silent, or forgot the connection.
        case lost
        /// The peer broke a rule, or speaks another version.
        case `protocol`
        /// TLS failed: certificate, trust, name, mode.
        case authentication(HandshakeFailure)
        /// The peer ended the connection, or reads no more of this side's stream.
        case closedByPeer(CloseCode, reason: String)
        /// This side was used or configured wrongly, or had ended the connection before.
        case local
        /// The operating system refused.
        case system(errno: Int32, operation: String)
        /// The task was cancelled.
        case cancelled
        /// The peer's stream ended before the peer finished it.
        case truncated
    }

    /// What kind of failure it is.
    public var category: Category
    /// What failed, why, and what to do next: one line without a full stop.
    public var description: String

    /// Makes an error.
    public init(_ category: Category, _ description: String) {
        self.category = category
        self.description = description
    }
}

extension TransportError: CustomStringConvertible {}
