import Glibc
import SUDPServices
import Synchronization

/// Shows a benchmark while it runs: a line on a terminal, and what was asked for.
final class BenchDisplay: Sendable {
    /// What is printed on standard output meanwhile.
    enum Form: Sendable {
        case nothing
        case intervals
        case stream
        case table
    }

    private struct State {
        var isLineShown = false
        var hasHeader = false
        var last: BenchSample?
        var rates: [Double] = []
        var latencies: [Double] = []
        var outputFailure: (any Error)?
        var onOutputFailure: (@Sendable () -> Void)?
    }

    private static let graphColumns = 24

    private let form: Form
    private let hasLine: Bool
    private let isUnicode: Bool
    private let state = Mutex(State())

    init(_ diagnostics: Diagnostics, _ form: Form) {
        self.form = form
        let terminal = Self.variable("TERM")
        hasLine =
            isatty(STDERR_FILENO) == 1 && !["", "dumb"].contains(terminal)
            && diagnostics.level >= .notices
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.map(Self.variable).first { !$0.isEmpty }
        isUnicode = (locale ?? "").lowercased().contains("utf")
    }

    private static func variable(_ name: String) -> String {
        getenv(name).map { String(cString: $0) } ?? ""
    }

    /// Why standard output takes nothing; nil while it does.
    var outputFailure: (any Error)? { state.withLock { $0.outputFailure } }

    /// Sets what happens when standard output takes nothing any more.
    func onOutputFailure(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onOutputFailure = action }
    }

    /// Shows what happened.
    func show(_ event: BenchEvent) {
        if case .sample(let sample) = event { note(sample) }
        if case .began = event { state.withLock { ($0.rates, $0.latencies) = ([], []) } }
        switch form {
        case .nothing: break
        case .intervals:
            switch event {
            case .interval(let interval):
                printInterval(
                    BenchText.interval(interval), from: interval.start,
                    "\(interval.variant), \(interval.direction.name)")
            case .transactions(let interval):
                printInterval(
                    BenchText.interval(interval), from: interval.start, "\(interval.variant), rr")
            case .began, .sample: break
            }
        case .stream:
            if let line = BenchJSON.line(event) { printResult(line) }
        case .table: printTable(BenchCSV.lines(event))
        }
    }

    /// Prints one line about how far it is.
    func tellStatus() {
        let last = state.withLock { $0.last }
        say("sudp: status: " + (last.map(Self.words) ?? "connecting"))
    }

    /// Writes a line to standard error, above that of the terminal.
    func say(_ line: String) {
        state.withLock { state in
            Self.clear(&state)
            StandardStreams.writeMessage(line + "\n")
        }
    }

    /// Takes the line off the terminal.
    func end() {
        state.withLock { Self.clear(&$0) }
    }

    private func printInterval(_ line: String, from start: Double, _ name: String) {
        if start == 0 { printResult("\(name):") }
        printResult(line)
    }

    /// Prints lines of a table, the first ones below its header.
    func printTable(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        let isFirst = state.withLock { state in
            defer { state.hasHeader = true }
            return !state.hasHeader
        }
        for line in (isFirst ? [BenchCSV.header] : []) + lines { printResult(line, end: "") }
    }

    private func printResult(_ line: String, end: String = "\n") {
        let action: (@Sendable () -> Void)? = state.withLock { state in
            Self.clear(&state)
            guard state.outputFailure == nil else { return nil }
            do { try StandardStreams.writeResult(line + end) } catch {
                state.outputFailure = error
                return state.onOutputFailure
            }
            return nil
        }
        action?()
    }

    private func note(_ sample: BenchSample) {
        state.withLock { state in
            state.last = sample
            state.rates.append(
                sample.transactions ?? (sample.download ?? 0) + (sample.upload ?? 0))
            if state.rates.count > Self.graphColumns { state.rates.removeFirst() }
            if let latency = sample.latency { state.latencies.append(latency) }
            if state.latencies.count > Self.graphColumns { state.latencies.removeFirst() }
            guard hasLine else { return }
            state.isLineShown = true
            let words = Self.words(sample)
            let graphs = graphs(state, columns: ErrorTerminal.columns - words.count - 1)
            StandardStreams.writeMessage("\r\u{1b}[K\(words)\(graphs)")
        }
    }

    /// The last rates and latencies as bars, as far as there is room on the line.
    private func graphs(_ state: State, columns: Int) -> String {
        let series = [state.rates, state.latencies].filter { ($0.max() ?? 0) > 0 }
        let room = columns / max(series.count, 1) - 2
        guard room >= 4 else { return "" }
        return series.map { values in
            "  " + Sparkline(values: values.suffix(room), isUnicode: isUnicode).text
        }.joined()
    }

    private static func clear(_ state: inout State) {
        if state.isLineShown { StandardStreams.writeMessage("\r\u{1b}[K") }
        state.isLineShown = false
    }

    private static func words(_ sample: BenchSample) -> String {
        var parts = [
            sample.variant,
            sample.direction?.name ?? (sample.transactions == nil ? "idle" : "rr"),
            "\(FixedPoint.text(sample.phaseTime, decimals: 1)) s",
        ]
        for rate in [sample.download, sample.upload].compactMap(\.self) {
            parts.append("\(FixedPoint.text(rate / 1e6, decimals: rate < 1e8 ? 2 : 0)) Mbit/s")
        }
        if let transactions = sample.transactions {
            parts.append("\(FixedPoint.text(transactions, decimals: 0)) transactions/s")
        }
        if let latency = sample.latency {
            parts.append("\(FixedPoint.text(latency, decimals: latency < 10 ? 2 : 0)) ms")
        }
        return parts.joined(separator: "  ")
    }
}
