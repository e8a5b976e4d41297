import Testing

@testable import SUDPServices

@Suite struct BenchPrometheusTests {
    private static let latency = BenchLatency(
        count: 4, minimum: 1, mean: 2.5, p50: 2, p90: 3, p99: 3.5, p999: 3.75, maximum: 4,
        jitter: 0.5)

    private static var sender: BenchStatistics {
        var sender = BenchStatistics()
        (sender.bytesRead, sender.bytesAcknowledged) = (10_000_000_000, 4_000_000_000)
        (sender.packetsSent, sender.packetsLost, sender.packetsLate) = (1000, 20, 3)
        (sender.bytesRetransmitted, sender.congestionEvents, sender.probeTimeouts) = (7, 5, 6)
        (sender.packetsDropped, sender.packetsDuplicate, sender.ecnMarks) = (8, 9, 11)
        (sender.smoothedRTT, sender.minRTT) = (2_500_000, 1_000_000)
        (sender.congestionWindow, sender.bytesInFlight) = (12, 13)
        (sender.maximumDatagramSize, sender.ecn) = (1452, 1)
        (sender.applicationLimited, sender.pacingLimited) = (1, 3)
        (sender.userTime, sender.systemTime) = (1_500_000_000, 500_000_000)
        (sender.contextSwitches, sender.socketCalls) = (14, 15)
        sender.clockRate = 2_000_000_000
        return sender
    }

    private func phase(
        _ direction: BenchDirection, _ sender: BenchStatistics = sender
    ) -> BenchPhaseResult {
        let start = ContinuousClock.now
        let from = BenchMark(time: start, local: BenchStatistics(), remote: BenchStatistics())
        let to = BenchMark(time: start + .seconds(2), local: sender, remote: sender)
        var result = BenchPhaseResult(direction)
        result.figures = direction.parts.map { BenchFigures($0, from: from, to: to) }
        result.latency = Self.latency
        (result.addedLatency, result.responsiveness) = (7.5, 1234)
        result.disk = BenchDisk(byteCount: 16, seconds: 0.25)
        (result.client, result.server) = (sender, sender)
        return result
    }

    private func visit(_ variant: String, _ run: Int) -> BenchVisitResult {
        var visit = BenchVisitResult(variant: variant, run: run)
        var idle = BenchPhaseResult(nil)
        idle.latency = Self.latency
        visit.phases = [idle, phase(.download), phase(.upload), phase(.both)]
        visit.handshakes = BenchHandshakes.Kind.allCases.map { kind in
            BenchHandshakes(
                kind: kind, count: 40, failures: 2, seconds: 16, latency: Self.latency,
                client: Self.sender, server: nil)
        }
        visit.transactions = BenchTransactions(
            count: 60, seconds: 16, latency: Self.latency, client: Self.sender,
            server: Self.sender)
        return visit
    }

    /// All that can be measured at all, three variants twice each.
    private func report(isThisProcess: Bool = false) -> BenchReport {
        var plan = BenchPlan()
        plan.repeats = 2
        var report = BenchReport(plan, isThisProcess: isThisProcess, time: 1_700_000_000)
        (report.server, report.mode, report.cipher) = ("192.0.2.1:7833", "secure", "a cipher")
        (report.serverLimit, report.clients, report.isComplete) = (5_000_000_000, 3, true)
        report.visits = [1, 2].flatMap { run in
            ["secure", "plaintext", "bbr"].map { visit($0, run) }
        }
        return report
    }

    @Test(arguments: [false, true])
    func `whatever was measured is well-formed and has each series once`(
        isThisProcess: Bool
    ) throws {
        let report = report(isThisProcess: isThisProcess)
        let text = BenchPrometheus(report).text
        let document = try PrometheusDocument(text)
        #expect(text == BenchPrometheus(report).text)
        #expect(document.kinds.allSatisfy { $0.name.hasPrefix("sudp_bench_") })
        #expect(
            document.kinds.filter { $0.kind != "gauge" }.map(\.name) == [
                "sudp_bench_latency_seconds"
            ])
        // Two repetitions of three variants, each with four flows, or eight measurements.
        for (name, count) in [("goodput_bytes_per_second", 24), ("latency_seconds_count", 48)] {
            #expect(document.series.count { $0.name == "sudp_bench_" + name } == count)
        }
        let servers = Set(document.series.map { $0.labels["server"] })
        #expect(servers == [isThisProcess ? "self" : "192.0.2.1:7833"])
        let ends = Set(document.series.compactMap { $0.labels["end"] })
        #expect(ends == (isThisProcess ? ["both"] : ["client", "server"]))
    }

    @Test func `a measurement has its numbers in bytes, seconds and ratios`() throws {
        var report = report()
        report.visits = [visit("secure", 1)]
        report.visits[0].phases.removeLast()
        let document = try PrometheusDocument(BenchPrometheus(report).text)
        let expected = [
            ("goodput_bytes_per_second", 5e9), ("transferred_bytes", 1e10), ("duration_seconds", 2),
            ("sent_packets", 1000), ("lost_packets", 20), ("loss_ratio", 0.02),
            ("late_packets", 3), ("dropped_packets", 8), ("duplicate_packets", 9),
            ("retransmitted_bytes", 7), ("congestion_events", 5), ("probe_timeouts", 6),
            ("ecn_marked_packets", 11), ("rtt_seconds", 0.0025), ("min_rtt_seconds", 0.001),
            ("congestion_window_bytes", 12), ("in_flight_bytes", 13),
            ("maximum_datagram_bytes", 1452), ("ecn_info", 1),
        ]
        for (name, value) in expected {
            #expect(document.value(name, ["direction": "download"]) == value, "\(name)")
        }
        #expect(document.value("goodput_bytes_per_second", ["phase": "upload"]) == 2e9)
        let pacing = document.value("limited_ratio", ["phase": "upload", "limit": "pacing"])
        #expect(pacing == 0.75)
        let ofPhase = [
            ("added_latency_seconds", 0.0075), ("responsiveness_round_trips_per_minute", 1234),
            ("latency_jitter_seconds", 0.0005), ("latency_seconds_sum", 0.01),
            ("latency_seconds_count", 4), ("disk_bytes", 16), ("disk_seconds", 0.25),
        ]
        for (name, value) in ofPhase {
            #expect(document.value(name, ["phase": "download"]) == value, "\(name)")
        }
        #expect(document.value("grade_info", ["phase": "download", "grade": "A"]) == 1)
        let quantiles = document.series.filter {
            $0.labels["phase"] == "idle" && $0.labels["quantile"] != nil
        }
        #expect(
            quantiles.map { $0.labels["quantile"] } == ["0", "0.5", "0.9", "0.99", "0.999", "1"])
        #expect(
            quantiles.map { document.values[$0] } == [0.001, 0.002, 0.003, 0.0035, 0.00375, 0.004])
    }

    @Test func `what is counted and what processes used up have their numbers`() throws {
        var report = report()
        report.visits = [visit("secure", 1)]
        let document = try PrometheusDocument(BenchPrometheus(report).text)
        for phase in ["handshakes", "resumed_handshakes", "early_handshakes"] {
            #expect(document.value("handshakes", ["phase": phase]) == 40)
            #expect(document.value("handshakes_per_second", ["phase": phase]) == 2.5)
            #expect(document.value("handshake_failures", ["phase": phase]) == 2)
            #expect(document.value("cpu_seconds", ["phase": phase]) == 2)
        }
        #expect(document.value("transactions", ["phase": "rr"]) == 60)
        #expect(document.value("transactions_per_second") == 3.75)
        #expect(document.value("duration_seconds", ["phase": "rr"]) == 16)
        for end in ["client", "server"] {
            let labels: KeyValuePairs = ["phase": "download", "end": end]
            #expect(document.value("cpu_seconds", labels) == 2)
            #expect(document.value("cycles_per_byte", labels) == 0.4)
            #expect(document.value("context_switches", labels) == 14)
            #expect(document.value("socket_calls", labels) == 15)
        }
        #expect(document.value("info", ["mode": "secure", "cipher": "a cipher"]) == 1)
        #expect(document.value("complete") == 1 && document.value("server_clients") == 3)
        #expect(document.value("start_time_seconds") == 1_700_000_000)
        #expect(document.value("server_limit_bytes_per_second") == 5e9)
    }

    @Test func `what nobody knows has no sample`() throws {
        var report = report()
        report.serverLimit = nil
        report.isComplete = false
        var tcp = BenchStatistics()
        (tcp.bytesRead, tcp.packetsLost, tcp.smoothedRTT) = (100, 2, 1000)
        var result = phase(.download, tcp)
        (result.latency, result.addedLatency, result.responsiveness) = (nil, nil, nil)
        (result.disk, result.client, result.server) = (nil, nil, nil)
        report.visits = [BenchVisitResult(variant: "tcp", run: 1)]
        report.visits[0].phases = [result]
        let document = try PrometheusDocument(BenchPrometheus(report).text)
        let names = document.kinds.map { $0.name.dropFirst("sudp_bench_".count) }
        #expect(
            names == [
                "info", "complete", "start_time_seconds", "server_clients",
                "goodput_bytes_per_second", "transferred_bytes", "duration_seconds",
                "lost_packets", "retransmitted_bytes", "rtt_seconds", "in_flight_bytes",
            ])
        #expect(document.value("complete") == 0 && document.value("lost_packets") == 2)
    }

    @Test func `a label cannot end itself or its line`() throws {
        var report = report()
        report.server = "a\"} 1\n\\n\\\r,b=\"é"
        let document = try PrometheusDocument(BenchPrometheus(report).text)
        #expect(Set(document.series.map { $0.labels["server"] }) == [report.server])
    }

    @Test(arguments: [
        "", "\n", "# HELP a b\n# TYPE a gauge\na{} 1", "a{} 1\n", "# TYPE a gauge\na{} 1\n",
        "# HELP a b\n# TYPE a gauge\na{} 1\na{} 1\n", "# HELP a b\n# TYPE a gauge\na{} nan\n",
        "# HELP a b\n# TYPE a gauge\na{b=\"\"\"} 1\n", "# HELP a b\n# TYPE a gauge\nb{} 1\n",
        "# HELP a b\n# TYPE a gauge\na{quantile=\"1\"} 1\n", "# HELP a b\n# TYPE a gauge\n\n",
        "# HELP a b\n# TYPE a gauge\na{b=\"\\c\"} 1\n",
        "# HELP a b\n# TYPE a summary\na{} 1\n", "# HELP a \\b\n# TYPE a gauge\na{} 1\n",
        "# HELP a b\n# TYPE a gauge\na{} 1\n# HELP a b\n# TYPE a gauge\na{c=\"\"} 1\n",
    ])
    func `the reader that these tests trust takes nothing else`(text: String) {
        #expect(throws: PrometheusDocument.Problem.self) { try PrometheusDocument(text) }
    }
}
