extension BenchPrometheus {
    var ofReport: [PrometheusFamily] {
        let report = whole.value
        let security = whole.labelled("mode", report.mode).labelled("cipher", report.cipher)
        return [
            gauge("info", "How the packets were protected, always 1.", of: [security]) { _ in "1" },
            gauge("complete", "Whether all was measured that was to be.", of: [whole]) {
                $0.isComplete ? "1" : "0"
            },
            gauge("start_time_seconds", "When it began, since 1970.", of: [whole]) { "\($0.time)" },
            gauge("server_clients", "Most clients that the server had at once.", of: [whole]) {
                "\($0.clients)"
            },
            gauge(
                "server_limit_bytes_per_second", "What the server allows all clients together.",
                of: [whole]
            ) { $0.serverLimit.map { "\($0)" } },
        ]
    }

    var ofFlows: [PrometheusFamily] {
        [
            gauge("goodput_bytes_per_second", "Bytes that arrived in a second.", of: flows) {
                number($0.bitsPerSecond / 8, decimals: 0)
            },
            gauge("transferred_bytes", "Bytes that arrived.", of: flows) { "\($0.byteCount)" },
            gauge("duration_seconds", "How long was measured.", of: durations) { number($0) },
            gauge("lost_packets", "Packets that were lost; TCP's segments sent again.", of: flows) {
                $0.sender.map { "\($0.packetsLost)" }
            },
            gauge("retransmitted_bytes", "Bytes that were sent again.", of: flows) {
                $0.sender.map { "\($0.bytesRetransmitted)" }
            },
        ]
    }

    var ofPackets: [PrometheusFamily] {
        [
            gauge("sent_packets", "Packets that were sent.", of: packetFlows) {
                $0.sender.map { "\($0.packetsSent)" }
            },
            gauge("loss_ratio", "Part of the sent packets that was lost.", of: packetFlows) {
                $0.lossPercent.map { number($0 / 100) }
            },
            gauge(
                "late_packets", "Packets that seemed lost and were overtaken.", of: packetFlows
            ) { $0.sender.map { "\($0.packetsLate)" } },
            gauge(
                "dropped_packets", "Datagrams that were not authentic.", of: packetFlows
            ) { $0.receiver.map { "\($0.packetsDropped)" } },
            gauge("duplicate_packets", "Datagrams that came once more.", of: packetFlows) {
                $0.receiver.map { "\($0.packetsDuplicate)" }
            },
            gauge("congestion_events", "Times that the sender slowed down.", of: packetFlows) {
                $0.sender.map { "\($0.congestionEvents)" }
            },
            gauge("probe_timeouts", "Times that no answer came in time.", of: packetFlows) {
                $0.sender.map { "\($0.probeTimeouts)" }
            },
            gauge(
                "ecn_marked_packets", "Packets that arrived with a mark of congestion.",
                of: packetFlows
            ) { $0.sender.map { "\($0.ecnMarks)" } },
            gauge(
                "ecn_info", "Whether the packets carry ECN bits, always 1.",
                of: packetFlows.compactMap { flow in
                    flow.value.ecn.map { flow.labelled("ecn", $0) }
                }
            ) { _ in "1" },
            gauge(
                "limited_ratio", "Part of the time in which this held the sender back.",
                of: packetFlows.flatMap { flow in
                    (flow.value.limits ?? []).map {
                        flow.with($0.percent).labelled("limit", $0.name)
                    }
                }
            ) { number($0 / 100) },
        ]
    }

    var ofPaths: [PrometheusFamily] {
        let senders = flows.compactMap { flow in flow.value.sender.map { flow.with($0) } }
        return [
            gauge("rtt_seconds", "Smoothed round trip at the end.", of: senders) {
                seconds($0.smoothedRTT)
            },
            gauge("min_rtt_seconds", "Shortest round trip.", of: senders) { seconds($0.minRTT) },
            gauge("congestion_window_bytes", "Congestion window at the end.", of: senders) {
                known($0.congestionWindow)
            },
            gauge("in_flight_bytes", "Bytes on their way at the end.", of: senders) {
                "\($0.bytesInFlight)"
            },
            gauge(
                "maximum_datagram_bytes", "Largest datagram of the path; TCP's segment.",
                of: senders
            ) { known($0.maximumDatagramSize) },
        ]
    }

    var ofPhases: [PrometheusFamily] {
        [
            summary("latency_seconds", "How long pings, handshakes or transactions took."),
            gauge("latency_jitter_seconds", "Mean difference to the next one.", of: latencies) {
                number($0.jitter / 1000)
            },
            gauge("added_latency_seconds", "What load adds to the median.", of: phases) {
                $0.addedLatency.map { number($0 / 1000) }
            },
            gauge(
                "grade_info", "Grade for what load adds to the latency, always 1.",
                of: phases.compactMap { phase in
                    phase.value.grade.map { phase.labelled("grade", $0.rawValue) }
                }
            ) { _ in "1" },
            gauge(
                "responsiveness_round_trips_per_minute", "Round trips per minute under load.",
                of: phases
            ) { $0.responsiveness.map { number($0, decimals: 3) } },
            gauge("disk_bytes", "Bytes read from a file or written to one.", of: phases) {
                $0.disk.map { "\($0.byteCount)" }
            },
            gauge("disk_seconds", "How long the disk took.", of: phases) {
                $0.disk.map { number($0.seconds) }
            },
        ]
    }

    var ofCounts: [PrometheusFamily] {
        [
            gauge("handshakes", "Connections that were made.", of: handshakes) { "\($0.count)" },
            gauge("handshakes_per_second", "Connections made in a second.", of: handshakes) {
                number($0.perSecond, decimals: 3)
            },
            gauge("handshake_failures", "Connections that failed.", of: handshakes) {
                "\($0.failures)"
            },
            gauge("transactions", "Requests that were answered.", of: transactions) {
                "\($0.count)"
            },
            gauge("transactions_per_second", "Requests answered in a second.", of: transactions) {
                number($0.perSecond, decimals: 3)
            },
        ]
    }

    var ofProcesses: [PrometheusFamily] {
        [
            gauge("cpu_seconds", "CPU time of the process.", of: processes) {
                number($0.cpuSeconds)
            },
            gauge("cycles_per_byte", "Estimated processor cycles per byte.", of: cycles) {
                number($0, decimals: 4)
            },
            gauge("context_switches", "Context switches of the process.", of: processes) {
                "\($0.contextSwitches)"
            },
            gauge("socket_calls", "System calls on this transport's sockets.", of: processes) {
                "\($0.socketCalls)"
            },
        ]
    }

    // MARK: Samples

    private func gauge<Value>(
        _ name: String, _ help: String, of subjects: [Subject<Value>], _ value: (Value) -> String?
    ) -> PrometheusFamily {
        let samples = subjects.compactMap { subject in
            value(subject.value).map { PrometheusFamily.Sample(labels: subject.labels, value: $0) }
        }
        return PrometheusFamily(
            name: "sudp_bench_\(name)", kind: .gauge, help: help, samples: samples)
    }

    private func summary(_ name: String, _ help: String) -> PrometheusFamily {
        let samples = latencies.flatMap { latency -> [PrometheusFamily.Sample] in
            let times = latency.value
            let quantiles = [
                ("0", times.minimum), ("0.5", times.p50), ("0.9", times.p90), ("0.99", times.p99),
                ("0.999", times.p999), ("1", times.maximum),
            ]
            let sum = times.mean * Double(times.count) / 1000
            return quantiles.map { quantile, milliseconds in
                PrometheusFamily.Sample(
                    labels: latency.labelled("quantile", quantile).labels,
                    value: number(milliseconds / 1000))
            } + [
                .init(suffix: "_sum", labels: latency.labels, value: number(sum, decimals: 6)),
                .init(suffix: "_count", labels: latency.labels, value: "\(times.count)"),
            ]
        }
        return PrometheusFamily(
            name: "sudp_bench_\(name)", kind: .summary, help: help, samples: samples)
    }

    private func number(_ value: Double, decimals: Int = 9) -> String {
        FixedPoint.text(value, decimals: decimals)
    }

    private func seconds(_ nanoseconds: UInt64) -> String? {
        nanoseconds > 0 ? number(Double(nanoseconds) / 1e9) : nil
    }

    private func known(_ count: UInt64) -> String? { count > 0 ? "\(count)" : nil }
}
