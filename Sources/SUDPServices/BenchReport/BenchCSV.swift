/// A benchmark's result as a table of comma-separated values (RFC 4180); lines end with CR LF.
public enum BenchCSV {
    private enum Column: String, CaseIterable {
        case record, variant, run, phase, direction
        case start = "start_seconds"
        case end = "end_seconds"
        case seconds
        case isWarmUp = "warm_up"
        case rate = "bits_per_second"
        case byteCount = "bytes"
        case packetsSent = "packets_sent"
        case packetsLost = "packets_lost"
        case loss = "loss_percent"
        case packetsLate = "packets_late"
        case packetsDropped = "packets_dropped"
        case packetsDuplicate = "packets_duplicate"
        case retransmitted = "retransmitted_bytes"
        case smoothedRTT = "rtt_ms"
        case minRTT = "min_rtt_ms"
        case window = "window_bytes"
        case inFlight = "in_flight_bytes"
        case datagram = "datagram_bytes"
        case ecn
        case ecnMarks = "ecn_marks"
        case count
        case perSecond = "per_second"
        case p50 = "latency_p50_ms"
        case p90 = "latency_p90_ms"
        case p99 = "latency_p99_ms"
        case p999 = "latency_p99.9_ms"
        case maximum = "latency_max_ms"
        case added = "added_latency_ms"
        case grade
        case responsiveness = "rpm"
        case diskBytes = "disk_bytes"
        case diskSeconds = "disk_seconds"
        case clientCPU = "client_cpu_seconds"
        case serverCPU = "server_cpu_seconds"
        case clientSwitches = "client_context_switches"
        case serverSwitches = "server_context_switches"
        case clientCalls = "client_socket_calls"
        case serverCalls = "server_socket_calls"
        case clientCycles = "client_cycles_per_byte"
        case serverCycles = "server_cycles_per_byte"
    }

    private typealias Row = [Column: String]

    /// The names of the columns.
    public static var header: String {
        line(Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0, $0.rawValue) }))
    }

    /// The lines for what happened; none for what is not told.
    public static func lines(_ event: BenchEvent) -> [String] {
        switch event {
        case .began, .sample: return []
        case .interval(let interval):
            var row = row("interval", interval.variant, interval.run, interval.direction.name)
            row[.start] = number(interval.start)
            row[.end] = number(interval.end)
            row[.isWarmUp] = "\(interval.isWarmUp)"
            add(interval.latency, to: &row)
            return interval.figures.map { line(row, $0) }
        case .transactions(let interval):
            var row = row("interval", interval.variant, interval.run, "rr")
            row[.start] = number(interval.start)
            row[.end] = number(interval.end)
            row[.seconds] = number(interval.end - interval.start)
            row[.isWarmUp] = "\(interval.isWarmUp)"
            row[.count] = "\(interval.count)"
            row[.perSecond] = number(interval.perSecond)
            add(interval.latency, to: &row)
            return [line(row)]
        }
    }

    /// The lines of the whole result: one for each measurement and way of each repetition.
    public static func lines(_ report: BenchReport) -> [String] {
        report.visits.flatMap { visit -> [String] in
            var lines = visit.phases.flatMap { Self.lines($0, visit) }
            lines += visit.handshakes.map { line($0, $0.kind.key, visit) }
            if let transactions = visit.transactions {
                lines.append(line(transactions, "rr", visit))
            }
            return lines
        }
    }

    private static func line(
        _ result: some BenchCounted, _ phase: String, _ visit: BenchVisitResult
    ) -> String {
        var row = row("phase", visit.variant, visit.run, phase)
        row[.seconds] = number(result.seconds)
        row[.count] = "\(result.count)"
        row[.perSecond] = number(result.perSecond)
        add(result.latency, to: &row)
        add(result.client, result.server, to: &row)
        return line(row)
    }

    private static func lines(_ result: BenchPhaseResult, _ visit: BenchVisitResult) -> [String] {
        var row = row("phase", visit.variant, visit.run, result.name)
        add(result.latency, to: &row)
        row[.added] = result.addedLatency.map(number)
        row[.grade] = result.grade?.rawValue
        row[.responsiveness] = result.responsiveness.map { FixedPoint.text($0, decimals: 0) }
        row[.diskBytes] = result.disk.map { "\($0.byteCount)" }
        row[.diskSeconds] = result.disk.map { number($0.seconds) }
        add(result.client, result.server, to: &row)
        row[.clientCycles] = result.client.flatMap(result.cyclesPerByte).map(number)
        row[.serverCycles] = result.server.flatMap(result.cyclesPerByte).map(number)
        return result.direction == nil ? [line(row)] : result.figures.map { line(row, $0) }
    }

    // MARK: Cells

    private static func row(_ record: String, _ variant: String, _ run: Int, _ phase: String) -> Row
    {
        [.record: record, .variant: variant, .run: "\(run)", .phase: phase]
    }

    private static func add(_ latency: BenchLatency?, to row: inout Row) {
        guard let latency else { return }
        row[.p50] = number(latency.p50)
        row[.p90] = number(latency.p90)
        row[.p99] = number(latency.p99)
        row[.p999] = number(latency.p999)
        row[.maximum] = number(latency.maximum)
    }

    private static func add(
        _ client: BenchStatistics?, _ server: BenchStatistics?, to row: inout Row
    ) {
        row[.clientCPU] = client.map { number($0.cpuSeconds) }
        row[.serverCPU] = server.map { number($0.cpuSeconds) }
        row[.clientSwitches] = client.map { "\($0.contextSwitches)" }
        row[.serverSwitches] = server.map { "\($0.contextSwitches)" }
        row[.clientCalls] = client.map { "\($0.socketCalls)" }
        row[.serverCalls] = server.map { "\($0.socketCalls)" }
    }

    private static func line(_ row: Row, _ figures: BenchFigures) -> String {
        var row = row
        row[.direction] = figures.direction.name
        row[.seconds] = number(figures.seconds)
        row[.rate] = FixedPoint.text(figures.bitsPerSecond, decimals: 0)
        row[.byteCount] = "\(figures.byteCount)"
        row[.loss] = figures.lossPercent.map(number)
        row[.packetsDropped] = figures.receiver.map { "\($0.packetsDropped)" }
        row[.packetsDuplicate] = figures.receiver.map { "\($0.packetsDuplicate)" }
        row[.ecn] = figures.ecn
        guard let sender = figures.sender else { return line(row) }
        row[.packetsSent] = "\(sender.packetsSent)"
        row[.packetsLost] = "\(sender.packetsLost)"
        row[.packetsLate] = "\(sender.packetsLate)"
        row[.retransmitted] = "\(sender.bytesRetransmitted)"
        row[.smoothedRTT] = number(Double(sender.smoothedRTT) / 1e6)
        row[.minRTT] = number(Double(sender.minRTT) / 1e6)
        row[.window] = "\(sender.congestionWindow)"
        row[.inFlight] = "\(sender.bytesInFlight)"
        row[.datagram] = "\(sender.maximumDatagramSize)"
        row[.ecnMarks] = figures.ecn == nil ? nil : "\(sender.ecnMarks)"
        return line(row)
    }

    private static func line(_ row: Row) -> String {
        Column.allCases.map { CSVText.field(row[$0] ?? "") }.joined(separator: ",") + "\r\n"
    }

    private static func number(_ value: Double) -> String { FixedPoint.text(value, decimals: 4) }
}
