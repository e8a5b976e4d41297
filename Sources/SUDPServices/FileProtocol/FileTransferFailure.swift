public import SUDPTransport

/// Why a transfer as a whole did not end well.
public enum FileTransferFailure: Error, Hashable, Sendable {
    /// Some files, or all, did not arrive; `status` is theirs when all failed alike.
    case incomplete(failed: UInt64, total: UInt64, first: FileProblem, status: FileStatus?)
    /// The peer speaks another protocol, or broke the rules of this one.
    case protocolBroken(String)
    /// The receiver refuses the transfer as a whole.
    case refused(FileStatus, reason: String)
    /// The receiver knows no texts.
    case textNotTaken
    /// Two sources would have the same name at the receiver.
    case nameClash(String, String)
    /// A source has no name that it could have at the receiver.
    case nameless(String)
    /// The connection ended before everything was confirmed.
    case endedEarly(CloseReason, confirmed: UInt64)
    /// No byte moved for so many seconds.
    case idle(seconds: Double)
    /// The system allows no more threads.
    case noThread
}

extension FileTransferFailure: CustomStringConvertible {
    /// What failed and why, in one line that is safe to print.
    public var description: String {
        switch self {
        case .incomplete(_, 1, let first, _): "\(first)"
        case .incomplete(let failed, let total, let first, _):
            "\(failed) of \(total) failed, the first: \(first)"
        case .protocolBroken(let what): "no file transfer: \(TerminalText.escaped(what))"
        case .refused(_, let reason): "receiver refused: \(TerminalText.escaped(reason))"
        case .textNotTaken:
            "the receiver is older than --text: not sent; send a file, or - for standard input"
        case .nameClash(let one, let other):
            "\(TerminalText.escaped(one)) and \(TerminalText.escaped(other)) have the same name"
        case .nameless(let path):
            "\(TerminalText.escaped(path)) has no name to be stored as: name it by --name"
        case .endedEarly(let reason, let confirmed):
            "\(reason.words): \(confirmed) complete"
                + (reason.mayPass ? "; run it again to go on from there" : "")
        case .idle(let seconds):
            "no byte moved for \(FixedPoint.text(seconds, decimals: 0)) s: gave up (--idle-timeout)"
        case .noThread: "the system allows no more threads"
        }
    }
}

extension CloseReason {
    /// Whether the same transfer may come further when it is tried again.
    fileprivate var mayPass: Bool {
        switch self {
        case .handshakeTimedOut, .peerLost, .stateLost, .closedLocally: true
        case .closedByPeer(.application(let number), _):
            switch ApplicationCode(rawValue: number) {
            case .interrupted, .idle, .ending, .inputFailed: true
            case nil: true
            default: false
            }
        case .complete, .closedByPeer, .handshakeFailed, .protocolViolation, .versionNotSupported:
            false
        }
    }
}
