import Glibc
import SUDPServices
import SUDPTransport

/// Tells of the senders of a receiver, one line per event, each with the sender's address.
final class ReceiveLog: Sendable {
    let progress = TransferProgress()
    let display: ProgressDisplay
    private let observer: ConnectionObserver
    private let diagnostics: Diagnostics
    private let isOnce: Bool
    /// Whether standard output is for what comes, as it is.
    private let isPayload: Bool

    init(
        _ diagnostics: Diagnostics, verification: Verification, isOnce: Bool,
        isPayload: Bool, results: ResultOutput
    ) {
        self.diagnostics = diagnostics
        self.isOnce = isOnce
        self.isPayload = isPayload
        display = ProgressDisplay(progress, diagnostics, results)
        observer = ConnectionObserver(
            diagnostics, verification: verification, results: results)
    }

    /// Runs `body` for a sender; its failure is told here when it does not end the program.
    func observe(
        _ connection: Connection,
        _ body: (
            _ onText: @escaping @Sendable (String) throws -> Void,
            _ onEvent: @escaping @Sendable (FileEvent) -> Void
        ) async throws -> Void
    ) async throws {
        let peer = connection.remoteAddress.text
        do {
            try await observer.observe(connection) {
                try await display.showing {
                    try await body({ [self] in try show($0, peer) }, { [self] in tell($0, peer) })
                }
            }
        } catch {
            if isOnce { throw error }
            if case FileTransferFailure.incomplete = error { throw error }
            display.say("sudp: \(TerminalText.escaped("\(peer): \(error)"))")
            throw error
        }
    }

    /// Shows a text: quoted on a terminal, else as it is, on lines of its own unless it is what
    /// standard output is for.
    private func show(_ text: String, _ peer: String) throws {
        let isJSON = diagnostics.summary == .json
        if isJSON {
            try display.printDurably(TransferLine.text(text, peer: peer))
        } else if diagnostics.level >= .notices {
            display.say("sudp: \(peer): text: \(text.utf8.count) bytes")
        }
        guard isPayload || !isJSON else { return }
        if isatty(STDOUT_FILENO) == 1 {
            try display.write(QuotedText.lines(of: text))
        } else {
            try display.write(isPayload || text.hasSuffix("\n") ? text : text + "\n")
        }
    }

    private func tell(_ event: FileEvent, _ peer: String) {
        switch event {
        case .failed where isOnce: display.tell(event)
        case .failed(let problem):
            if diagnostics.summary == .json {
                display.print(TransferLine.failed(problem, peer: peer))
            } else if !problem.isConsequence {
                display.say("sudp: \(peer): \(problem)")
            }
        case .stored(let path, let size, let digest, let note):
            if diagnostics.summary == .json {
                display.print(
                    TransferLine.stored(path, size: size, digest: digest, note: note, peer: peer))
            } else if diagnostics.level >= .notices {
                display.say("sudp: \(peer): \(TransferLine.words(path, size: size, note: note))")
            }
        case .planned(let path, let size, let note):
            if diagnostics.summary == .json {
                display.print(TransferLine.planned(path, size: size, note: note, peer: peer))
            } else if diagnostics.level >= .notices {
                let words = TransferLine.words(path, size: size, note: note)
                display.say("sudp: \(peer): dry run: \(words)")
            }
        case .leftOut: break
        }
    }
}
