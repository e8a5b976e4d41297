import ArgumentParser
import SUDPServices
import SUDPTransport

/// An error in the user's words, with the status that it ends the process with.
struct Failure {
    let sentence: String
    let status: ExitStatus

    init(_ error: any Error) {
        if SUDP.exitCode(for: error) == .validationFailure {
            status = .usage
            sentence = Self.usageSentence(SUDP.message(for: error))
        } else {
            status = ExitStatus(of: error)
            sentence = Self.sentence(error) + (TrustAdvice(error).map { "; \($0.text)" } ?? "")
        }
    }

    private static func sentence(_ error: any Error) -> String {
        guard case .closedByPeer(let code, let reason) = (error as? TransportError)?.category else {
            return "\(error)"
        }
        return CloseReason.closedByPeer(code, reason: reason).words
    }

    private static func usageSentence(_ message: String) -> String {
        let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        let text = line.hasSuffix(".") ? String(line.dropLast()) : line
        let command = CommandLine.arguments.dropFirst().prefix { commandNames.contains($0) }
        return "\(text); see '\((["sudp"] + command + ["--help"]).joined(separator: " "))'"
    }

    private static let commandNames = [
        "listen", "connect", "chat", "send", "recv", "bench", "certs", "gen",
    ]
}
