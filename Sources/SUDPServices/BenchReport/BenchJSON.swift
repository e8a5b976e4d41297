/// A benchmark's result as JSON; the keys are fixed in sudp-bench(1).
public enum BenchJSON {
    /// The whole result as one object on a line.
    public static func result(_ report: BenchReport) -> String {
        let summary = BenchSummary(report)
        return JSONValue.object([
            ("v", .count(1)), ("event", .text("result")), ("complete", .flag(report.isComplete)),
            ("time", .count(report.time)), ("server", .text(report.server)),
            ("same_process", .flag(report.isThisProcess)), ("mode", .text(report.mode)),
            ("cipher", .text(report.cipher)), ("clients", .count(report.clients)),
            ("server_limit", report.serverLimit.map { .number(Double($0) * 8, decimals: 0) }),
            ("plan", plan(report.plan)),
            ("variants", .list(summary.variants.map { variant($0, summary, report) })),
        ]).line
    }

    /// What happens meanwhile, as an object on a line; nil for what is not told.
    public static func line(_ event: BenchEvent) -> String? {
        switch event {
        case .began(let variant, let run, let phase):
            JSONValue.object([
                ("v", .count(1)), ("event", .text("begin")), ("variant", .text(variant)),
                ("run", count(run)), ("phase", .text(phase)),
            ]).line
        case .sample: nil
        case .transactions(let interval):
            JSONValue.object([
                ("v", .count(1)), ("event", .text("interval")),
                ("variant", .text(interval.variant)), ("run", count(interval.run)),
                ("phase", .text("rr")), ("start", seconds(interval.start)),
                ("end", seconds(interval.end)), ("warm_up", .flag(interval.isWarmUp)),
                ("count", .count(interval.count)),
                ("per_second", .number(interval.perSecond, decimals: 2)),
                ("latency_ms", interval.latency.map(latency)),
            ]).line
        case .interval(let interval):
            JSONValue.object([
                ("v", .count(1)), ("event", .text("interval")),
                ("variant", .text(interval.variant)), ("run", count(interval.run)),
                ("phase", .text(interval.direction.name)), ("start", seconds(interval.start)),
                ("end", seconds(interval.end)), ("warm_up", .flag(interval.isWarmUp)),
                ("flows", .list(interval.figures.map(flow))),
                ("latency_ms", interval.latency.map(latency)),
            ]).line
        }
    }

    private static func plan(_ plan: BenchPlan) -> JSONValue {
        .object([
            ("seconds", plan.endsByTime ? seconds(plan.duration / .seconds(1)) : nil),
            ("file", plan.file.map { .text($0) }), ("to_file", plan.sink.map { .text($0) }),
            ("bytes", plan.byteCount.map { .count($0) }), ("connections", count(plan.flows)),
            ("rate", plan.bytesPerSecond.map { .number(Double($0) * 8, decimals: 0) }),
            ("warm_up_seconds", seconds(plan.warmUp / .seconds(1))),
            ("request_bytes", plan.transaction.map { count($0.requestByteCount) }),
            ("response_bytes", plan.transaction.map { count($0.responseByteCount) }),
            ("block_bytes", count(plan.blockByteCount)), ("repeats", count(plan.repeats)),
        ])
    }

    private static func variant(
        _ variant: BenchSummary.Variant, _ summary: BenchSummary, _ report: BenchReport
    ) -> JSONValue {
        let phases = variant.phases.map { result in
            let ratio = summary.ratio(of: variant) { $0.bitsPerSecond(result.median.name) }
            return phase(result, ratio, report)
        }
        let ratio = summary.ratio(of: variant) { $0.transactions?.perSecond }
        let counts =
            variant.handshakes.map { ($0.median.kind.key, handshakes($0, report)) } + [
                ("rr", variant.transactions.map { transactions($0, variant, ratio, report) })
            ]
        return .object(
            [
                ("name", .text(variant.name)), ("phases", phases.isEmpty ? nil : .list(phases)),
            ] + counts)
    }

    private static func phase(
        _ phase: BenchSummary.Phase, _ ratio: Double?, _ report: BenchReport
    ) -> JSONValue {
        let result = phase.median
        let hasLoad = result.direction != nil
        return .object([
            ("name", .text(result.name)),
            ("bits_per_second", hasLoad ? rate(result.bitsPerSecond) : nil),
            ("ratio", ratio.map { .number($0, decimals: 4) }),
            ("runs", phase.rates.count > 1 && hasLoad ? .list(phase.rates.map(rate)) : nil),
            ("spread_percent", phase.spreadPercent.map { .number($0, decimals: 2) }),
            ("ci95_percent", hasLoad ? confidence(phase.rates) : nil),
            ("latency_ms", result.latency.map(latency)),
            ("added_latency_ms", result.addedLatency.map { .number($0, decimals: 4) }),
            ("grade", result.grade.map { .text($0.rawValue) }),
            ("rpm", result.responsiveness.map { .number($0, decimals: 0) }),
            ("flows", hasLoad ? .list(result.figures.map(flow)) : nil),
            (
                "disk",
                result.disk.map { disk in
                    .object([
                        ("bytes", .count(disk.byteCount)), ("seconds", seconds(disk.seconds)),
                        ("bits_per_second", rate(disk.bitsPerSecond)),
                    ])
                }
            ),
            (
                "cpu",
                hasLoad
                    ? cpu(result.client, result.server, report, result) : nil
            ),
        ])
    }

    private static func flow(_ figures: BenchFigures) -> JSONValue {
        let sender = figures.sender
        return .object([
            ("direction", .text(figures.direction.name)),
            ("bits_per_second", rate(figures.bitsPerSecond)),
            ("bytes", .count(figures.byteCount)), ("seconds", seconds(figures.seconds)),
            ("packets_sent", sender.map { .count($0.packetsSent) }),
            ("packets_lost", sender.map { .count($0.packetsLost) }),
            ("loss_percent", figures.lossPercent.map { .number($0, decimals: 4) }),
            ("packets_late", sender.map { .count($0.packetsLate) }),
            ("packets_dropped", figures.receiver.map { .count($0.packetsDropped) }),
            ("packets_duplicate", figures.receiver.map { .count($0.packetsDuplicate) }),
            ("retransmitted_bytes", sender.map { .count($0.bytesRetransmitted) }),
            ("congestion_events", sender.map { .count($0.congestionEvents) }),
            ("probe_timeouts", sender.map { .count($0.probeTimeouts) }),
            ("rtt_ms", sender.map { milliseconds($0.smoothedRTT) }),
            ("min_rtt_ms", sender.map { milliseconds($0.minRTT) }),
            ("window_bytes", sender.map { .count($0.congestionWindow) }),
            ("in_flight_bytes", sender.map { .count($0.bytesInFlight) }),
            ("datagram_bytes", sender.map { .count($0.maximumDatagramSize) }),
            ("offload", figures.offloads.map { .text($0) }),
            ("ecn", figures.ecn.map { .text($0) }),
            ("ecn_marks", figures.ecn == nil ? nil : sender.map { .count($0.ecnMarks) }),
            (
                "limited_percent",
                figures.limits.map { limits in
                    .object(limits.map { ($0.name, .number($0.percent, decimals: 1)) })
                }
            ),
        ])
    }

    private static func handshakes(
        _ summary: BenchSummary.Handshakes, _ report: BenchReport
    ) -> JSONValue {
        let handshakes = summary.median
        let rates = summary.rates
        return .object([
            ("per_second", .number(handshakes.perSecond, decimals: 2)),
            (
                "runs",
                rates.count > 1 ? .list(rates.map { .number($0, decimals: 2) }) : nil
            ),
            ("kind", .text(handshakes.kind.name)), ("count", .count(handshakes.count)),
            ("failures", .count(handshakes.failures)), ("seconds", seconds(handshakes.seconds)),
            ("latency_ms", handshakes.latency.map(latency)),
            ("cpu", cpu(handshakes.client, handshakes.server, report)),
        ])
    }

    private static func transactions(
        _ transactions: BenchTransactions, _ variant: BenchSummary.Variant, _ ratio: Double?,
        _ report: BenchReport
    ) -> JSONValue {
        let rates = variant.transactionRates
        let spread = BenchSummary.spreadPercent(rates, median: transactions.perSecond)
        return .object([
            ("per_second", .number(transactions.perSecond, decimals: 2)),
            ("ratio", ratio.map { .number($0, decimals: 4) }),
            ("runs", rates.count > 1 ? .list(rates.map { .number($0, decimals: 2) }) : nil),
            ("spread_percent", spread.map { .number($0, decimals: 2) }),
            ("ci95_percent", confidence(rates)),
            ("count", .count(transactions.count)), ("seconds", seconds(transactions.seconds)),
            ("latency_ms", transactions.latency.map(latency)),
            ("cpu", cpu(transactions.client, transactions.server, report)),
        ])
    }

    private static func latency(_ latency: BenchLatency) -> JSONValue {
        func number(_ value: Double) -> JSONValue { .number(value, decimals: 4) }
        return .object([
            ("count", .count(latency.count)), ("min", number(latency.minimum)),
            ("mean", number(latency.mean)), ("p50", number(latency.p50)),
            ("p90", number(latency.p90)), ("p99", number(latency.p99)),
            ("p99.9", number(latency.p999)), ("max", number(latency.maximum)),
            ("jitter", number(latency.jitter)),
        ])
    }

    /// The processes that were at work: one when both ends are in it.
    private static func cpu(
        _ client: BenchStatistics?, _ server: BenchStatistics?, _ report: BenchReport,
        _ result: BenchPhaseResult? = nil
    ) -> JSONValue {
        func value(_ process: BenchStatistics?) -> JSONValue? {
            process.map { process in
                .object([
                    ("seconds", seconds(process.cpuSeconds)),
                    (
                        "seconds_per_gigabyte",
                        result?.cpuPerGigabyte(process).map { .number($0, decimals: 4) }
                    ),
                    (
                        "cycles_per_byte",
                        result?.cyclesPerByte(process).map { .number($0, decimals: 4) }
                    ),
                    ("user_seconds", seconds(Double(process.userTime) / 1e9)),
                    ("system_seconds", seconds(Double(process.systemTime) / 1e9)),
                    ("context_switches", .count(process.contextSwitches)),
                    (
                        "context_switches_per_gigabyte",
                        result?.switchesPerGigabyte(process).map { .number($0, decimals: 1) }
                    ),
                    ("socket_calls", .count(process.socketCalls)),
                    (
                        "socket_calls_per_gigabyte",
                        result?.socketCallsPerGigabyte(process).map { .number($0, decimals: 1) }
                    ),
                ])
            }
        }
        return report.isThisProcess
            ? .object([("both", value(client))])
            : .object([("client", value(client)), ("server", value(server))])
    }

    private static func confidence(_ rates: [Double]) -> JSONValue? {
        BenchConfidence(rates).map { .number($0.percent, decimals: 2) }
    }

    private static func rate(_ bitsPerSecond: Double) -> JSONValue {
        .number(bitsPerSecond, decimals: 0)
    }

    private static func seconds(_ seconds: Double) -> JSONValue { .number(seconds, decimals: 4) }

    private static func milliseconds(_ nanoseconds: UInt64) -> JSONValue {
        .number(Double(nanoseconds) / 1e6, decimals: 4)
    }

    private static func count(_ count: Int) -> JSONValue { .count(UInt64(clamping: count)) }
}
