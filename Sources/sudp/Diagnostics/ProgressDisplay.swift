import Glibc
import SUDPServices
import SUDPTransport
import Synchronization

/// Shows how far transfers are: a bar on a terminal, else a line now and then.
final class ProgressDisplay: Sendable {
    private struct State {
        var transfers = 0
        var isBarShown = false
        var heldFailures = 0
        var start = ContinuousClock.now
    }

    private let progress: TransferProgress
    private let diagnostics: Diagnostics
    private let results: ResultOutput
    private let hasBar: Bool
    private let state = Mutex(State())
    private let writing = Mutex(())

    init(_ progress: TransferProgress, _ diagnostics: Diagnostics, _ results: ResultOutput) {
        self.progress = progress
        self.results = results
        self.diagnostics = diagnostics
        let terminal = getenv("TERM").map { String(cString: $0) } ?? "dumb"
        hasBar =
            isatty(STDERR_FILENO) == 1 && terminal != "dumb" && diagnostics.level >= .notices
            && diagnostics.summary != .json
    }

    /// Shows progress for as long as `body` runs.
    func showing(_ body: () async throws -> Void) async throws {
        state.withLock { state in
            if state.transfers == 0 { state.start = .now }
            state.transfers += 1
        }
        let ticker = Task { await tick() }
        defer {
            ticker.cancel()
            let isLast = state.withLock { state in
                state.transfers -= 1
                return state.transfers == 0
            }
            if isLast { progress.reset() }
            clearBar()
        }
        try await body()
    }

    /// Tells of one file; `peer` goes in front of it.
    ///
    /// The first failure of all is told by the sentence that the command ends with.
    func tell(_ event: FileEvent) {
        switch event {
        case .stored(let path, let size, let digest, let note):
            if diagnostics.summary == .json {
                print(TransferLine.stored(path, size: size, digest: digest, note: note))
            } else if diagnostics.level == .everything {
                say("sudp: \(TransferLine.words(path, size: size, note: note))")
            }
        case .planned(let path, let size, let note):
            print(
                diagnostics.summary == .json
                    ? TransferLine.planned(path, size: size, note: note)
                    : TransferLine.words(path, size: size, note: note))
        case .failed(let problem):
            let isFirst = state.withLock { state in
                state.heldFailures += 1
                return state.heldFailures == 1
            }
            if diagnostics.summary == .json { print(TransferLine.failed(problem)) }
            if !isFirst, !problem.isConsequence { say("sudp: \(problem)") }
        case .leftOut(let path, let reason):
            if diagnostics.level >= .notices {
                say("sudp: \(TerminalText.escaped(path)) left out: \(reason)")
            }
        }
    }

    /// Prints one line about how far it is; `idle` says it where there is no connection.
    func tellStatus(idle: String) {
        let (transfers, start) = state.withLock { ($0.transfers, $0.start) }
        let line = transfers == 0 ? idle : TransferLine.progress(progress.now, since: start)
        say("sudp: status: \(line)")
    }

    /// Tells a user who ended a transfer of files how to go on.
    func tellInterruption() {
        say("sudp: interrupted; run it again to go on from there")
    }

    /// Tells a user who asked the program to end why it goes on.
    func tellPatience() {
        guard state.withLock({ $0.transfers > 0 }), diagnostics.level >= .notices else { return }
        say("sudp: finishing what has begun; interrupt it again to end it at once")
    }

    /// Writes a line and puts the bar below it again.
    func say(_ line: String) {
        state.withLock { state in
            if state.isBarShown { StandardStreams.writeMessage("\r\u{1b}[K") }
            state.isBarShown = false
            StandardStreams.writeMessage(line + "\n")
        }
    }

    /// Prints a line of the result.
    func print(_ line: String) {
        state.withLock { state in
            if state.isBarShown { StandardStreams.writeMessage("\r\u{1b}[K") }
            state.isBarShown = false
            results.print(line)
        }
    }

    /// Prints a line of the result; throws when it could not be.
    func printDurably(_ line: String) throws {
        print(line)
        try results.requireComplete()
    }

    /// Writes to standard output what somebody sent.
    ///
    /// A pipe that nobody reads holds up only those who write to it.
    func write(_ text: String) throws {
        guard isatty(STDOUT_FILENO) == 1 else {
            return try writing.withLock { _ in try StandardStreams.writeResult(text) }
        }
        try state.withLock { state in
            if state.isBarShown { StandardStreams.writeMessage("\r\u{1b}[K") }
            state.isBarShown = false
            try StandardStreams.writeResult(text)
        }
    }

    private func tick() async {
        let interval: Duration = hasBar ? .milliseconds(200) : .seconds(5)
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            guard !Task.isCancelled else { return }
            show()
        }
    }

    private func show() {
        let now = progress.now
        let start = state.withLock { $0.start }
        if diagnostics.summary == .json {
            print(TransferLine.json(now, since: start))
        } else if hasBar {
            let line = ProgressBar(now: now, start: start, columns: ErrorTerminal.columns).text
            state.withLock { state in
                state.isBarShown = true
                StandardStreams.writeMessage("\r\u{1b}[K\(line)")
            }
        } else if diagnostics.level >= .notices {
            say("sudp: \(TransferLine.progress(now, since: start))")
        }
    }

    private func clearBar() {
        state.withLock { state in
            if state.isBarShown { StandardStreams.writeMessage("\r\u{1b}[K") }
            state.isBarShown = false
        }
    }
}
