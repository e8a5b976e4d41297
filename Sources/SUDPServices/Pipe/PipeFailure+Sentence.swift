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
        let outputClosed = CloseCode.application(ApplicationCode.outputClosed.rawValue)
        if case .closedByPeer(outputClosed, _) = reason {
            return "\(reason.words) after \(taken) bytes"
        }
        return "\(reason.words): \(received) bytes arrived, \(taken) bytes were taken by the peer"
    }
}
