/// A benchmark's result for people.
public enum BenchText {
    private static let columns = [10, 14, 12, 12, 12, 12, 9, 7]

    /// The whole result, some lines.
    public static func result(_ report: BenchReport) -> String {
        let summary = BenchSummary(report)
        var lines = [heading(report)]
        for variant in summary.variants {
            lines += [""] + table(variant, isOnly: summary.variants.count == 1, report)
        }
        if let comparison = comparison(summary) { lines += [""] + comparison }
        if !report.isComplete { lines += ["", "not complete: this was measured until it ended"] }
        return lines.joined(separator: "\n")
    }

    /// One line about an interval.
    public static func interval(_ interval: BenchInterval) -> String {
        let time =
            "\(FixedPoint.text(interval.start, decimals: 1))-"
            + "\(FixedPoint.text(interval.end, decimals: 1)) s"
        let flows = interval.figures.map { figures in
            ([figures.direction.name, BenchQuantity.rate(figures.bitsPerSecond)]
                + senderFacts(figures, withWindow: true)).joined(separator: " ")
        }
        let latency = interval.latency.map {
            [
                "latency \(BenchQuantity.milliseconds($0.p50))"
                    + " (max \(BenchQuantity.milliseconds($0.maximum)))"
            ]
        }
        return ([pad(time, 13)] + flows + (latency ?? [])).joined(separator: "  ")
            + (interval.isWarmUp ? "  (warm-up)" : "")
    }

    private static func heading(_ report: BenchReport) -> String {
        let plan = report.plan
        let security = report.cipher == "none" ? report.mode : "\(report.mode), \(report.cipher)"
        let size =
            plan.file.map(TerminalText.escaped) ?? plan.byteCount.map(BenchQuantity.bytes)
            ?? "\(FixedPoint.text(plan.duration / .seconds(1), decimals: 1)) s"
        var parts = [
            report.isThisProcess ? "both ends in this process" : report.server, security,
            "\(plan.flows) connection\(plan.flows == 1 ? "" : "s")",
            plan.countsHandshakes || plan.transaction != nil || plan.file != nil
                ? size : "\(size) each way",
        ]
        if let path = plan.sink { parts.append("into \(TerminalText.escaped(path))") }
        if plan.repeats > 1 { parts.append("median of \(plan.repeats)") }
        if let rate = plan.bytesPerSecond {
            parts.append("at most \(BenchQuantity.rate(Double(rate) * 8))")
        }
        if let limit = report.serverLimit {
            parts.append("the server allows \(BenchQuantity.rate(Double(limit) * 8))")
        }
        if report.clients > 1 { parts.append("\(report.clients) clients at once") }
        return parts.joined(separator: ", ")
    }

    // MARK: The table

    private static func table(
        _ variant: BenchSummary.Variant, isOnly: Bool, _ report: BenchReport
    ) -> [String] {
        var lines: [String] = []
        if !variant.phases.isEmpty {
            lines.append(
                row(
                    [
                        isOnly ? "" : variant.name, "rate", "p50", "p90", "p99", "p99.9", "RPM",
                        "grade",
                    ]))
        }
        for phase in variant.phases { lines.append(row(cells(phase.median))) }
        for phase in variant.phases where phase.median.direction != nil {
            lines += details(phase, report)
        }
        lines += variant.handshakes.flatMap { text($0.median, variant, report) }
        if let transactions = variant.transactions {
            lines += text(transactions, variant, report)
        }
        return lines
    }

    private static func row(_ cells: [String]) -> String {
        let padded = zip(cells, columns).enumerated().map { index, cell in
            let (text, width) = cell
            return index == 0 ? pad(text, width) : pad(text, width, isRight: true)
        }
        return trimmed(padded.joined())
    }

    private static func cells(_ result: BenchPhaseResult) -> [String] {
        let latency = result.latency.map { latency in
            [latency.p50, latency.p90, latency.p99, latency.p999].map(BenchQuantity.milliseconds)
        }
        return [
            result.name, result.direction == nil ? "" : BenchQuantity.rate(result.bitsPerSecond),
        ]
            + (latency ?? ["", "", "", ""])
            + [
                result.responsiveness.map { FixedPoint.text($0, decimals: 0) } ?? "",
                result.grade?.rawValue ?? "",
            ]
    }

    private static func details(
        _ phase: BenchSummary.Phase, _ report: BenchReport
    ) -> [String] {
        let result = phase.median
        var lines = result.figures.map { figures in
            let name = result.figures.count > 1 ? figures.direction.name : result.name
            let rate =
                result.figures.count > 1 ? [BenchQuantity.rate(figures.bitsPerSecond)] : []
            return "\(name): " + (rate + senderFacts(figures)).joined(separator: ", ")
        }
        if let disk = result.disk {
            let (did, way) = result.direction == .upload ? ("read", "from") : ("wrote", "to")
            lines.append(
                "\(result.name): \(did) \(BenchQuantity.bytes(disk.byteCount)) \(way) the disk in"
                    + " \(FixedPoint.text(disk.seconds, decimals: 3)) s:"
                    + " \(BenchQuantity.rate(disk.bitsPerSecond))")
        }
        lines += costs("CPU s/GB", decimals: 2, result, report, result.cpuPerGigabyte)
        lines += costs("cycles/byte", decimals: 2, result, report, result.cyclesPerByte)
        lines += costs("context switches/GB", result, report, result.switchesPerGigabyte)
        lines += costs("socket calls/GB", result, report, result.socketCallsPerGigabyte)
        if let spread = phase.spreadPercent {
            let rates = phase.rates.sorted().map(BenchQuantity.rate).joined(separator: ", ")
            lines.append(
                "\(result.name): \(rates); spread \(BenchQuantity.percent(spread))"
                    + confidence(phase.rates, BenchQuantity.rate))
        }
        return lines
    }

    /// Where the mean of repetitions lies.
    static func confidence(_ rates: [Double], _ words: (Double) -> String) -> String {
        BenchConfidence(rates).map {
            ", mean \(words($0.mean)) ± \(BenchQuantity.percent($0.percent)) (95 %)"
        } ?? ""
    }

    /// A line about what each process used up for the bytes; none where that is not known.
    private static func costs(
        _ name: String, decimals: Int = 0, _ result: BenchPhaseResult, _ report: BenchReport,
        _ cost: (BenchStatistics) -> Double?
    ) -> [String] {
        let costs = processes(result.client, result.server, report).compactMap { end, process in
            cost(process).map { "\(end) \(FixedPoint.text($0, decimals: decimals))" }
        }
        return costs.isEmpty
            ? [] : ["\(result.name): \(name): " + costs.joined(separator: ", ")]
    }

    private static func senderFacts(
        _ figures: BenchFigures, withWindow: Bool = false
    ) -> [String] {
        guard let sender = figures.sender else { return [] }
        var facts: [String] = []
        if let loss = figures.lossPercent { facts.append("loss \(BenchQuantity.percent(loss))") }
        if sender.packetsLate > 0 { facts.append("late \(sender.packetsLate)") }
        if let dropped = figures.receiver?.packetsDropped, dropped > 0 {
            facts.append("dropped \(dropped)")
        }
        if let duplicate = figures.receiver?.packetsDuplicate, duplicate > 0 {
            facts.append("duplicate \(duplicate)")
        }
        facts.append("retransmitted \(BenchQuantity.bytes(sender.bytesRetransmitted))")
        if sender.smoothedRTT > 0 {
            facts.append("RTT \(BenchQuantity.milliseconds(Double(sender.smoothedRTT) / 1e6))")
        }
        if withWindow {
            facts.append("window \(BenchQuantity.bytes(sender.congestionWindow))")
            facts.append("in flight \(BenchQuantity.bytes(sender.bytesInFlight))")
        } else {
            facts.append("datagrams of \(sender.maximumDatagramSize)")
            if let offloads = figures.offloads { facts.append("offload \(offloads)") }
            if let ecn = figures.ecn {
                facts.append(
                    "ECN \(ecn)" + (sender.ecnMarks > 0 ? ", marks \(sender.ecnMarks)" : ""))
            }
        }
        if let limits = figures.limits {
            facts.append(
                "limited by "
                    + limits.filter { $0.percent >= 0.5 }.sorted { $0.percent > $1.percent }
                    .map { "\($0.name) \(BenchQuantity.percent($0.percent))" }
                    .joined(separator: " "))
        }
        return facts
    }

    private static func text(
        _ handshakes: BenchHandshakes, _ variant: BenchSummary.Variant, _ report: BenchReport
    ) -> [String] {
        var lines = [
            "\(variant.name): \(FixedPoint.text(handshakes.perSecond, decimals: 1))"
                + " \(handshakes.kind.words)"
        ]
        if let latency = handshakes.latency {
            lines.append(percentiles(latency))
        }
        if handshakes.failures > 0 { lines.append("\(handshakes.failures) failed") }
        if handshakes.count > 0 {
            let all = processes(handshakes.client, handshakes.server, report)
            let costs = all.map { name, process in
                let cost = process.cpuSeconds * 1000 / Double(handshakes.count)
                return "\(name) \(FixedPoint.text(cost, decimals: 2))"
            }
            lines.append("CPU ms per handshake: " + costs.joined(separator: ", "))
        }
        return lines
    }

    /// The processes that were at work, by name: one when both ends are in it.
    static func processes(
        _ client: BenchStatistics?, _ server: BenchStatistics?, _ report: BenchReport
    ) -> [(String, BenchStatistics)] {
        let all =
            report.isThisProcess
            ? [("both ends", client)] : [("client", client), ("server", server)]
        return all.compactMap { name, process in process.map { (name, $0) } }
    }

    // MARK: Several variants

    /// Each variant's rates as parts of the first one's; nil where there is only one.
    private static func comparison(_ summary: BenchSummary) -> [String]? {
        guard let first = summary.variants.first, summary.variants.count > 1 else { return nil }
        func line(_ name: String, _ rate: (BenchSummary.Variant) -> Double?) -> String? {
            let parts = summary.variants.compactMap { variant in
                summary.ratio(of: variant, rate).map {
                    "\(variant.name) \(FixedPoint.text($0, decimals: 2))"
                }
            }
            guard !parts.isEmpty else { return nil }
            return "\(name) × \(first.name): " + parts.joined(separator: ", ")
        }
        var lines = first.phases.map(\.median.name).map { name in
            line(name) { $0.bitsPerSecond(name) }
        }
        lines.append(line("rr") { $0.transactions?.perSecond })
        lines.append(costOfEncryption(summary))
        let known = lines.compactMap(\.self)
        return known.isEmpty ? nil : known
    }

    /// What encryption takes of what there is without it, where both were measured.
    private static func costOfEncryption(_ summary: BenchSummary) -> String? {
        guard let secure = summary.variants.first, secure.name != "plaintext",
            let plaintext = summary.variants.first(where: { $0.name == "plaintext" })
        else { return nil }
        func cost(_ name: String, _ rate: (BenchSummary.Variant) -> Double?) -> String? {
            guard let with = rate(secure), let without = rate(plaintext), without > 0 else {
                return nil
            }
            return "\(BenchQuantity.percent(100 * (1 - with / without))) of the \(name)"
        }
        let costs =
            secure.phases.map(\.median.name).map { name in
                cost("\(name) rate") { $0.bitsPerSecond(name) }
            } + [cost("transactions") { $0.transactions?.perSecond }]
        let known = costs.compactMap(\.self)
        return known.isEmpty ? nil : "encryption costs " + known.joined(separator: ", ")
    }

    private static func pad(_ text: String, _ width: Int, isRight: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(width - text.count, isRight ? 1 : 0))
        return isRight ? blanks + text : text + blanks
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
