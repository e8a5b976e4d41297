import Foundation
import SUDPTransport
import Testing

@testable import SUDPServices

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct BenchReportTests {
    private func result(
        _ direction: BenchDirection, bytes: UInt64, seconds: Int64 = 1
    ) -> BenchPhaseResult {
        let start = ContinuousClock.now
        var local = BenchStatistics()
        (local.bytesRead, local.bytesAcknowledged, local.userTime) = (bytes, bytes, 500_000_000)
        local.contextSwitches = 50
        let from = BenchMark(time: start, local: BenchStatistics(), remote: nil)
        let to = BenchMark(time: start + .seconds(seconds), local: local, remote: local)
        var result = BenchPhaseResult(direction)
        result.figures = [BenchFigures(direction, from: from, to: to)]
        (result.client, result.server) = (local, local)
        return result
    }

    private func report(_ runs: [UInt64], isThisProcess: Bool = false) -> BenchReport {
        var plan = BenchPlan()
        plan.repeats = runs.count
        var report = BenchReport(plan, isThisProcess: isThisProcess, time: 1)
        for (index, bytes) in runs.enumerated() {
            var visit = BenchVisitResult(variant: "sudp", run: index + 1)
            visit.phases = [result(.download, bytes: bytes)]
            report.visits.append(visit)
        }
        report.isComplete = true
        return report
    }

    @Test func `the repetition in the middle stands for all`() throws {
        let summary = BenchSummary(report([300, 100, 200, 400]))
        let phase = try #require(summary.variants.first?.phases.first)
        #expect(phase.median.bitsPerSecond == 1600)
        #expect(phase.rates == [2400, 800, 1600, 3200])
        #expect(phase.spreadPercent == 150)
    }

    @Test func `the mean of repetitions has an interval of confidence`() throws {
        // By hand: mean 3, deviation √2.5, t 2.776 for four degrees of freedom.
        let confidence = try #require(BenchConfidence([1, 2, 3, 4, 5]))
        #expect(confidence.mean == 3 && abs(confidence.percent - 65.433) < 0.01)
        #expect(BenchConfidence([5]) == nil && BenchConfidence([0, 0]) == nil)
        #expect(BenchConfidence(Array(repeating: 2, count: 100))?.percent == 0)
        let report = report([1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000])
        #expect(BenchText.result(report).contains(", mean 24.0 Mbit/s ± 65 % (95 %)"))
        #expect(BenchJSON.result(report).contains("\"ci95_percent\":65.43,"))
    }

    @Test func `what encryption costs is told where both were measured`() {
        var plan = BenchPlan()
        plan.variants = ["secure", "plaintext"].map { BenchVariant(name: $0, way: .sudp) }
        var report = BenchReport(plan, isThisProcess: false, time: 1)
        for (name, bytes) in [("secure", 900_000), ("plaintext", 1_200_000)] {
            var visit = BenchVisitResult(variant: name, run: 1)
            visit.phases = [result(.download, bytes: UInt64(bytes))]
            report.visits.append(visit)
        }
        let text = BenchText.result(report)
        #expect(text.hasSuffix("\nencryption costs 25 % of the download rate\n\n" + notComplete))
        report.visits.removeLast()
        #expect(!BenchText.result(report).contains("encryption costs"))
    }

    private let notComplete = "not complete: this was measured until it ended"

    @Test func `the JSON is an object with the rates`() throws {
        let text = BenchJSON.result(report([1_000_000, 3_000_000, 2_000_000]))
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let fields = try #require(object as? [String: Any])
        #expect(fields["v"] as? Int == 1 && fields["complete"] as? Bool == true)
        let variant = try #require((fields["variants"] as? [[String: Any]])?.first)
        let phase = try #require((variant["phases"] as? [[String: Any]])?.first)
        #expect(phase["bits_per_second"] as? Double == 16e6)
        #expect((phase["runs"] as? [Double])?.count == 3)
        let cpu = try #require(phase["cpu"] as? [String: [String: Double]])
        #expect(Set(cpu.keys) == ["client", "server"])
        #expect(cpu["client"]?["seconds_per_gigabyte"] == 250)
        #expect(cpu["server"]?["context_switches_per_gigabyte"] == 25_000)
    }

    @Test func `a table has the numbers below their names`() throws {
        let lines = BenchCSV.lines(report([1_000_000, 2_000_000]))
        #expect(lines.count == 2)
        let names = BenchCSV.header.dropLast(1).split(
            separator: ",", omittingEmptySubsequences: false)
        let cells = try #require(lines.last).dropLast(1).split(
            separator: ",", omittingEmptySubsequences: false)
        #expect(BenchCSV.header.hasSuffix("\r\n") && cells.count == names.count)
        let row = Dictionary(zip(names, cells)) { first, _ in first }
        #expect(row["record"] == "phase" && row["run"] == "2" && row["direction"] == "download")
        #expect(row["bits_per_second"] == "16000000" && row["bytes"] == "2000000")
        #expect(row["seconds"] == "1.0000" && row["client_cpu_seconds"] == "0.5000")
        #expect(row["rpm"] == "" && row["latency_p50_ms"] == "")
    }

    @Test(arguments: [
        ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""),
        ("a\r\nb", "\"a\r\nb\""), ("\n", "\"\n\""),
    ])
    func `a field cannot end its line`(text: String, field: String) {
        #expect(CSVText.field(text) == field)
    }

    @Test func `packets that are overtaken or dropped have numbers of their own`() async throws {
        let rig = try await BenchRig()
        var transport = try await rig.connect().statistics()
        transport.transport = ConnectionStatistics()
        transport.transport.packetsSent = 100
        transport.transport.packetsLost = 5
        transport.transport.packetsSpuriouslyLost = 3
        transport.transport.packetsDropped = 7
        transport.transport.packetsDuplicate = 11
        (transport.transport.ecn, transport.transport.ecnMarks) = (.used, 13)
        await rig.stop()
        let counted = BenchStatistics(transport)
        let start = ContinuousClock.now
        let from = BenchMark(time: start, local: BenchStatistics(), remote: BenchStatistics())
        let to = BenchMark(time: start + .seconds(1), local: counted, remote: counted)
        var report = report([1])
        report.visits[0].phases[0].figures = [BenchFigures(.download, from: from, to: to)]
        let text = BenchText.result(report)
        #expect(text.contains("loss 2.0 %, late 3, dropped 7, duplicate 11, retransmitted 0 B"))
        #expect(text.contains(", ECN used, marks 13"))
        let json = BenchJSON.result(report)
        #expect(json.contains("\"packets_lost\":2,") && json.contains("\"packets_late\":3,"))
        #expect(json.contains("\"packets_dropped\":7,\"packets_duplicate\":11,"))
        #expect(json.contains("\"ecn\":\"used\",\"ecn_marks\":13}"))
        #expect(BenchCSV.header.contains("packets_dropped,packets_duplicate,"))
        #expect(BenchCSV.lines(report).first?.contains(",7,11,") == true)
        #expect(BenchCSV.lines(report).first?.contains(",used,13,") == true)
        #expect(!BenchText.result(self.report([1])).contains("late"))
    }

    @Test(arguments: [(0, "unknown"), (1, "used"), (2, "failed"), (3, "mixed")])
    func `connections that differ in ECN are told from those that agree`(
        gauge: UInt64, name: String
    ) {
        var statistics = BenchStatistics()
        statistics.packetsSent = 1
        let (first, second) = (gauge & 1, gauge & 2)
        var other = BenchStatistics()
        (statistics.ecn, other.ecn) = (first, second)
        let end = BenchMark(
            time: .now + .seconds(1), local: statistics.adding(other), remote: nil)
        let start = BenchMark(time: .now, local: BenchStatistics(), remote: nil)
        #expect(BenchFigures(.upload, from: start, to: end).ecn == name)
        #expect(BenchFigures(.download, from: start, to: end).ecn == nil)
    }

    @Test func `socket calls are those of the process, and none of TCP's`() throws {
        var report = report([1_000_000])
        #expect(!BenchText.result(report).contains("socket calls"))
        var sender = BenchStatistics()
        (sender.packetsSent, sender.bytesRead) = (1, 1_000_000)
        sender.socketCalls = 2500
        #expect(sender.adding(sender).socketCalls == 2500)
        let start = ContinuousClock.now
        let from = BenchMark(time: start, local: BenchStatistics(), remote: BenchStatistics())
        let to = BenchMark(time: start + .seconds(1), local: sender, remote: sender)
        report.visits[0].phases[0].figures = [BenchFigures(.download, from: from, to: to)]
        report.visits[0].phases[0].client = sender
        #expect(
            BenchText.result(report).contains("download: socket calls/GB: client 2500000, server 0")
        )
        #expect(BenchJSON.result(report).contains("\"socket_calls_per_gigabyte\":2500000.0"))
    }

    @Test func `cycles per byte are CPU time by the clock rate, where it is known`() throws {
        var report = report([1_000_000])
        let cells = {
            try #require(BenchCSV.lines(report).first).dropLast().split(
                separator: ",", omittingEmptySubsequences: false
            ).suffix(2)
        }
        #expect(!BenchText.result(report).contains("cycles"))
        #expect(!BenchJSON.result(report).contains("cycles"))
        #expect(try cells() == ["", ""])
        report.visits[0].phases[0].server?.clockRate = 3_000_000_000
        #expect(BenchText.result(report).contains("\ndownload: cycles/byte: server 1500.00\n"))
        report.visits[0].phases[0].client?.clockRate = 2_000_000_000
        #expect(
            BenchText.result(report).contains(
                "\ndownload: cycles/byte: client 1000.00, server 1500.00\n"))
        let json = BenchJSON.result(report)
        #expect(json.contains("\"cycles_per_byte\":1000.0000,"))
        #expect(json.contains("\"cycles_per_byte\":1500.0000,"))
        #expect(BenchCSV.header.hasSuffix(",client_cycles_per_byte,server_cycles_per_byte\r\n"))
        #expect(try cells() == ["1000.0000", "1500.0000"])
    }

    @Test func `one process has one cost`() throws {
        let text = BenchJSON.result(report([1_000_000], isThisProcess: true))
        #expect(text.contains("\"cpu\":{\"both\":{") && !text.contains("\"client\""))
        #expect(
            BenchText.result(report([1_000_000], isThisProcess: true)).contains("both ends 500"))
        #expect(
            BenchText.result(report([1_000_000])).contains(
                "download: context switches/GB: client 50000, server 50000"))
    }

    @Test func `a baseline is compared by its rates`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID()).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(BenchJSON.result(report([1000])).utf8).write(to: URL(filePath: path))
        let ratios = try BenchBaseline(path: path).ratios(of: report([900]))
        #expect(ratios.map(\.name) == ["sudp download"])
        #expect(ratios.map(\.value) == [0.9])
        try BenchBaseline.require(ratios, atLeast: 0.9)
        #expect(throws: BenchFailure.self) { try BenchBaseline.require(ratios, atLeast: 0.91) }
    }

    @Test(arguments: ["", "[]", "{}", "{\"v\":1,\"event\":\"result\",\"variants\":[]}", "{\"v\":2"])
    func `a file that is no result is no baseline`(text: String) throws {
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID()).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(filePath: path))
        #expect(throws: BenchFailure.self) { try BenchBaseline(path: path) }
    }

    @Test func `round trips per minute weigh new connections like loaded ones`() {
        let tenth = [Double](repeating: 0.1, count: 20)
        let even = Responsiveness(handshakes: tenth, answers: tenth, loaded: tenth)
        #expect(even.roundTripsPerMinute.map { ($0 - 600).magnitude < 1e-6 } == true)
        let slow = Responsiveness(
            handshakes: tenth, answers: tenth, loaded: tenth.map { $0 * 3 })
        #expect(slow.roundTripsPerMinute.map { ($0 - 300).magnitude < 1e-6 } == true)
        #expect(
            Responsiveness(handshakes: [], answers: [], loaded: tenth).roundTripsPerMinute == nil)
    }

    @Test func `the slowest twentieth does not count`() {
        let values = [Double](repeating: 1, count: 19) + [1000]
        #expect(Responsiveness.trimmedMean(values) == 1)
        #expect(Responsiveness.trimmedMean([3]) == 3)
    }

    @Test(arguments: [
        (0, "A+"), (4.9, "A+"), (5, "A"), (30, "B"), (60, "C"), (200, "D"), (400, "F"), (1e9, "F"),
    ])
    func `added latency has a grade`(milliseconds: Double, grade: String) {
        #expect(BufferbloatGrade(addedMilliseconds: milliseconds).rawValue == grade)
    }

    @Test func `percentiles are those of the values`() throws {
        var histogram = LatencyHistogram()
        for value in 1...1000 { histogram.record(UInt64(value) * 1_000_000) }
        histogram.record(.max)
        let latency = try #require(histogram.summary)
        #expect(latency.count == 1001)
        for (value, expected) in [(latency.p50, 501.0), (latency.p90, 901), (latency.p99, 991)] {
            #expect((value / expected - 1).magnitude < 0.002)
        }
    }

    @Test(arguments: [0, 1e-9, 0.3, 1, 7, 10, 99, 1234, 5e9])
    func `an axis reaches beyond its values with few round marks`(value: Double) {
        let scale = PlotScale(upTo: value, from: 0, to: 100)
        #expect(scale.maximum >= value && scale.ticks.count <= 7 && scale.ticks.count >= 2)
        #expect(scale.position(scale.maximum) == 100 && scale.position(0) == 0)
    }

    @Test func `the picture is well-formed and draws each way`() throws {
        var report = report([1])
        report.server = "<&\u{1b}>"
        for index in 0..<50 {
            report.append(
                BenchSample(
                    variant: "sudp", run: 1, direction: index < 20 ? .download : .upload,
                    time: Double(index) / 10, phaseTime: Double(index % 20) / 10,
                    download: index < 20 ? 1e8 : nil, upload: index < 20 ? nil : 2e8, latency: 3))
        }
        let text = BenchPlot(report).text
        #expect(XMLParser(data: Data(text.utf8)).parse())
        #expect(text.components(separatedBy: "<polyline").count - 1 == 4)
        for word in ["download", "upload", "Mbit/s", "round trip, ms", "time, s"] {
            #expect(text.contains(word))
        }
    }

    @Test func `a picture of nothing is well-formed`() {
        #expect(XMLParser(data: Data(BenchPlot(report([])).text.utf8)).parse())
    }
}
