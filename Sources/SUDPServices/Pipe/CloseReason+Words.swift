public import SUDPTransport

extension CloseReason {
    /// Why the connection ended, in words that are safe to print: what the peer or this side did.
    public var words: String {
        switch self {
        case .complete: "everything was delivered"
        case .closedLocally(let code, let text): "this side closed it\(Self.detail(code, text))"
        case .closedByPeer(let code, let text): Self.peerDeed(code, text)
        case .handshakeFailed(let failure): TerminalText.escaped(failure.reason)
        case .protocolViolation(_, let text):
            "the peer broke the protocol: \(TerminalText.escaped(text))"
        case .handshakeTimedOut(heardFromPeer: true): "the handshake did not finish in time"
        case .handshakeTimedOut(heardFromPeer: false): "no answer"
        case .peerLost(let seconds): "peer lost: silent for \(seconds) s"
        case .stateLost: "peer lost: it no longer knows the connection"
        case .versionNotSupported: "the peer speaks no version of this program"
        }
    }

    private static func peerDeed(_ code: CloseCode, _ text: String) -> String {
        guard case .application(let number) = code else {
            return "peer ended it\(detail(code, text))"
        }
        let words = text.isEmpty ? "" : " (\(TerminalText.escaped(text)))"
        if number == ReservedCode.serverFull.rawValue { return "server full" }
        if let code = ApplicationCode(rawValue: number) { return code.peerDeed + words }
        return "peer ended the connection" + words
    }

    private static func detail(_ code: CloseCode, _ text: String) -> String {
        let words = text.isEmpty ? "" : ": \(TerminalText.escaped(text))"
        return switch code {
        case .transport(let code): " with transport error \(code.rawValue)\(words)"
        case .tlsAlert(let alert): " with alert \(alert)\(words)"
        case .application(let code): " with code \(code)\(words)"
        }
    }
}
