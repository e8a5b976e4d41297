/// Why a chat did not go on or did not end well.
public enum ChatFailure: Error, Hashable, Sendable {
    /// The peer is no chat of this version; `other` is what it speaks.
    case wrongService(other: String)
    /// The peer broke the rules of the protocol.
    case malformed
    /// The server refused the login for good.
    case notAdmitted(reason: String)
    /// An operator threw this client out.
    case thrownOut(reason: String)
    /// The server ended while there was something to do.
    case serverEnded(reason: String)
    /// The connection ended in the middle.
    case lost(reason: String)
    /// So many lines were not delivered, and why the last was not.
    case notDelivered(count: Int, reason: String)
    /// A line of the input is no event.
    case badInput(reason: String)
    /// A file of the chat is damaged or of another kind.
    case unusableFile(path: String, reason: String)
}

extension ChatFailure: CustomStringConvertible {
    /// What failed and why, in one line that is safe to print.
    public var description: String {
        switch self {
        case .wrongService(let other):
            "the other side speaks \(TerminalText.escaped(other)), not"
                + " \(ChatConstants.protocolName); check the port"
        case .malformed: "the other side broke the rules of \(ChatConstants.protocolName)"
        case .notAdmitted(let reason): "not admitted: \(TerminalText.escaped(reason))"
        case .thrownOut(let reason): TerminalText.escaped(reason)
        case .serverEnded(let reason): "the server ended: \(TerminalText.escaped(reason))"
        case .lost(let reason): "lost the server: \(TerminalText.escaped(reason))"
        case .notDelivered(let count, let reason):
            "\(count) line\(count == 1 ? " was" : "s were") not delivered:"
                + " \(TerminalText.escaped(reason))"
        case .badInput(let reason): TerminalText.escaped(reason)
        case .unusableFile(let path, let reason):
            "\(TerminalText.escaped(path)): \(TerminalText.escaped(reason))"
        }
    }
}
