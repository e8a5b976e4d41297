extension BenchText {
    /// One line about an interval of transactions.
    public static func interval(_ interval: BenchTransactionInterval) -> String {
        let time =
            "\(FixedPoint.text(interval.start, decimals: 1))-"
            + "\(FixedPoint.text(interval.end, decimals: 1)) s"
        let parts =
            [time, rate(interval.perSecond)]
            + [interval.latency.map(percentiles)].compactMap(\.self)
        return parts.joined(separator: "  ") + (interval.isWarmUp ? "  (warm-up)" : "")
    }

    /// Some lines about transactions.
    static func text(
        _ transactions: BenchTransactions, _ variant: BenchSummary.Variant, _ report: BenchReport
    ) -> [String] {
        let sizes = report.plan.transaction.map {
            " of \($0.requestByteCount) and \($0.responseByteCount) bytes"
        }
        var lines = ["\(variant.name): \(rate(transactions.perSecond))\(sizes ?? "")"]
        if let latency = transactions.latency { lines.append(percentiles(latency)) }
        let rates = variant.transactionRates
        if let spread = BenchSummary.spreadPercent(rates, median: transactions.perSecond) {
            lines.append(
                rates.sorted().map(rate).joined(separator: ", ")
                    + "; spread \(BenchQuantity.percent(spread))" + confidence(rates, rate))
        }
        guard transactions.count > 0 else { return lines }
        let costs = processes(transactions.client, transactions.server, report).map {
            name, process in
            let cost = process.cpuSeconds * 1e6 / Double(transactions.count)
            let switches = Double(process.contextSwitches) / Double(transactions.count)
            return "\(name) \(FixedPoint.text(cost, decimals: 1)) µs CPU and"
                + " \(FixedPoint.text(switches, decimals: 2)) context switches"
        }
        if !costs.isEmpty {
            lines.append("per transaction: " + costs.joined(separator: ", "))
        }
        return lines
    }

    /// The percentiles of latencies on one line.
    static func percentiles(_ latency: BenchLatency) -> String {
        let times = [
            ("p50", latency.p50), ("p90", latency.p90), ("p99", latency.p99),
            ("p99.9", latency.p999),
        ]
        return times.map { "\($0.0) \(BenchQuantity.milliseconds($0.1))" }.joined(separator: ", ")
    }

    private static func rate(_ perSecond: Double) -> String {
        "\(FixedPoint.text(perSecond, decimals: perSecond < 100 ? 1 : 0)) transactions/s"
    }
}
