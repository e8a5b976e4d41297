/// A benchmark's result in the text format of Prometheus; the names are fixed in sudp-bench(1).
public struct BenchPrometheus {
    /// What a sample is made of, and the labels that tell it from all others.
    struct Subject<Value> {
        var labels: [(name: String, value: String)]
        let value: Value

        func labelled(_ name: String, _ value: String) -> Self {
            Subject(labels: labels + [(name, value)], value: self.value)
        }

        func with<Other>(_ value: Other) -> Subject<Other> {
            Subject<Other>(labels: labels, value: value)
        }
    }

    let whole: Subject<BenchReport>

    /// Takes a result; each of its repetitions has series of its own.
    public init(_ report: BenchReport) {
        // The port of a server that is made for this run differs each time.
        let server = report.isThisProcess ? "self" : report.server
        whole = Subject(labels: [("server", server)], value: report)
    }

    /// All samples, those of one name together.
    public var text: String {
        (ofReport + ofFlows + ofPackets + ofPaths + ofPhases + ofCounts + ofProcesses)
            .map(\.text).joined()
    }

    // MARK: Subjects

    private func parts<Value>(
        _ values: (BenchVisitResult) -> [(phase: String, value: Value)]
    ) -> [Subject<Value>] {
        whole.value.visits.flatMap { visit in
            values(visit).map { phase, value in
                whole.with(value).labelled("variant", visit.variant)
                    .labelled("run", "\(visit.run)").labelled("phase", phase)
            }
        }
    }

    var phases: [Subject<BenchPhaseResult>] {
        parts { $0.phases.map { ($0.name, $0) } }
    }

    var flows: [Subject<BenchFigures>] {
        phases.flatMap { phase in
            phase.value.figures.map {
                phase.with($0).labelled("direction", $0.direction.name)
            }
        }
    }

    /// Those that the kernel's TCP did not carry, which tells no packets.
    var packetFlows: [Subject<BenchFigures>] {
        flows.filter { $0.value.sender?.packetsSent != 0 }
    }

    var handshakes: [Subject<BenchHandshakes>] {
        parts { $0.handshakes.map { ($0.kind.key, $0) } }
    }

    var transactions: [Subject<BenchTransactions>] {
        parts { visit in visit.transactions.map { [("rr", $0)] } ?? [] }
    }

    var durations: [Subject<Double>] {
        flows.map { $0.with($0.value.seconds) } + handshakes.map { $0.with($0.value.seconds) }
            + transactions.map { $0.with($0.value.seconds) }
    }

    var latencies: [Subject<BenchLatency>] {
        let all =
            phases.map { $0.with($0.value.latency) } + handshakes.map { $0.with($0.value.latency) }
            + transactions.map { $0.with($0.value.latency) }
        return all.compactMap { subject in subject.value.map { subject.with($0) } }
    }

    /// The processes that were at work: one when both ends are in it.
    var processes: [Subject<BenchStatistics>] {
        let all =
            phases.map { $0.with(($0.value.client, $0.value.server)) }
            + handshakes.map { $0.with(($0.value.client, $0.value.server)) }
            + transactions.map { $0.with(($0.value.client, $0.value.server)) }
        return all.flatMap { subject in
            ends(subject.value.0, subject.value.1).map {
                subject.with($0.value).labelled("end", $0.end)
            }
        }
    }

    var cycles: [Subject<Double>] {
        phases.flatMap { phase in
            ends(phase.value.client, phase.value.server).compactMap { end, process in
                phase.value.cyclesPerByte(process).map {
                    phase.with($0).labelled("end", end)
                }
            }
        }
    }

    private func ends(
        _ client: BenchStatistics?, _ server: BenchStatistics?
    ) -> [(end: String, value: BenchStatistics)] {
        let all =
            whole.value.isThisProcess
            ? [("both", client)] : [("client", client), ("server", server)]
        return all.compactMap { end, process in process.map { (end, $0) } }
    }
}
