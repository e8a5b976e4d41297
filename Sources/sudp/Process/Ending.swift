import ArgumentParser
import Glibc
import SUDPServices

/// The end of the process: a status, or a signal that it dies of.
enum Ending: Equatable {
    case status(ExitStatus)
    case signal(Int32)

    /// Ends the process, after saying what went wrong where that is not known already.
    init(_ error: any Error) {
        if let signal = SignalWatch.shared.received {
            self = .signal(signal)
        } else if case PipeFailure.outputClosed = error {
            self = .signal(SIGPIPE)
        } else if SUDP.exitCode(for: error).isSuccess {
            self = Self.printed(SUDP.fullMessage(for: error))
        } else {
            let failure = Failure(error)
            Diagnostics.say(failure.sentence)
            self = .status(failure.status)
        }
    }

    /// Ends the process.
    func perform() -> Never {
        switch self {
        case .status(let status): exit(status.rawValue)
        case .signal(let number): SignalWatch.die(by: number)
        }
    }

    private static func printed(_ text: String) -> Ending {
        do {
            try StandardStreams.writeResult(text + "\n")
            return .status(.complete)
        } catch {
            return Ending(error)
        }
    }
}
