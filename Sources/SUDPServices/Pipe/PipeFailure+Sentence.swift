internal import SUDPTransport

extension PipeFailure: CustomStringConvertible {
    /// What failed and why, in one line that is safe to print.
    public var description: String {
        switch self {
        case .inputFailed(let name, let error): "cannot read \(name): \(error)"
        case .outputFailed(let name, let error): "cannot write \(name): \(error)"
        case .outputClosed: "nobody reads the output any more"
        case .noThread: "the system allows no more threads"
        case .idle(let seconds):
            "no byte moved for \(Self.text(seconds)) s: gave up (--idle-timeout)"
        case .commandNotStarted(let command, let error):
            "cannot run \(TerminalText.escaped(command)): \(error)"
        case .commandKilled(let signal): "the command was killed by signal \(signal)"
        case .endedEarly(let reason, let received, let taken):
            Self.sentence(reason, received: received, taken: taken)
        }
    }

    private static func text(_ seconds: Double) -> String {
        FixedPoint.text(seconds, decimals: seconds == seconds.rounded() ? 0 : 1)
    }

    private static func sentence(_ reason: CloseReason, received: UInt64, taken: UInt64) -> String {
        switch reason {
        case .closedByPeer(.application(let code), let text):
            let code = ApplicationCode(rawValue: code)
            let deed = code?.peerDeed ?? "peer ended the connection"
            let peerText = text.isEmpty ? "" : " (\(TerminalText.escaped(text)))"
            guard code == .outputClosed else {
                return "\(deed)\(peerText): \(count(received, taken))"
            }
            return "\(deed) after \(taken) bytes"
        default:
            return "\(TransportError(reason)): \(count(received, taken))"
        }
    }

    private static func count(_ received: UInt64, _ taken: UInt64) -> String {
        "\(received) bytes arrived, \(taken) bytes were taken by the peer"
    }
}
