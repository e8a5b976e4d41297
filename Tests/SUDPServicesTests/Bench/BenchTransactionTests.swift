import Foundation
import SUDPTransport
import Synchronization
import Testing

@testable import SUDPServices

@Suite struct BenchTransactionTests {
    private func plan(
        _ request: UInt64, _ response: UInt64, _ change: (inout BenchPlan) -> Void = { _ in }
    ) -> BenchPlan {
        var plan = BenchPlan()
        plan.duration = .seconds(1)
        plan.transaction = BenchTransaction(
            requestByteCount: request, responseByteCount: response)
        change(&plan)
        return plan
    }

    private static let sudp = BenchVariant(name: "sudp", way: .sudp)
    private static let tcp = BenchVariant(name: "tcp", way: .tcp)

    @Test(arguments: [(1, 1), (100, 300_000), (300_000, 1)])
    func `requests are answered and counted, by TCP in turns`(
        request: UInt64, response: UInt64
    ) async throws {
        let rig = try await BenchRig()
        let plan = plan(request, response) { plan in
            plan.flows = 3
            plan.variants = [Self.sudp, Self.tcp]
        }
        let (report, failure) = await BenchClient(rig.target, plan).run()
        #expect(failure == nil && report.isComplete && report.lack == nil)
        #expect(report.visits.map(\.variant) == ["sudp", "tcp"])
        for visit in report.visits {
            #expect(visit.phases.isEmpty)
            let transactions = try #require(visit.transactions)
            #expect(transactions.count > 0 && transactions.perSecond > 0)
            #expect(transactions.latency?.count == transactions.count)
            #expect(transactions.seconds >= 1 && transactions.server != nil)
        }
        await rig.stop()
    }

    @Test func `a warm-up of transactions is told of and does not count`() async throws {
        let rig = try await BenchRig()
        let plan = plan(1, 1) { plan in
            plan.warmUp = .milliseconds(200)
            plan.interval = .milliseconds(100)
        }
        let log = Mutex<[BenchTransactionInterval]>([])
        let (report, failure) = await BenchClient(
            rig.target, plan,
            tell: { event in
                if case .transactions(let interval) = event { log.withLock { $0.append(interval) } }
            }
        ).run()
        #expect(failure == nil)
        let all = log.withLock { $0 }
        #expect(all.first?.isWarmUp == true && all.last?.isWarmUp == false)
        let counted = all.filter { !$0.isWarmUp }.reduce(0) { $0 + $1.count }
        #expect(counted == report.visits.first?.transactions?.count)
        #expect(all.reduce(0) { $0 + $1.count } > counted)
        await rig.stop()
    }

    /// A client that has had its first answers.
    private func beginTransactions(
        _ rig: BenchRig, _ variant: BenchVariant
    ) async -> Task<(report: BenchReport, failure: (any Error)?), Never> {
        let plan = plan(1, 1) { plan in
            plan.duration = .seconds(600)
            plan.variants = [variant]
        }
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let client = BenchClient(
            rig.target, plan,
            tell: { event in
                if case .sample(let sample) = event, (sample.transactions ?? 0) > 0 {
                    reach.yield()
                }
            })
        let task = Task { await client.run() }
        for await _ in reached { break }
        return task
    }

    @Test(arguments: [sudp, tcp])
    func `transactions that are cancelled keep what was found`(
        variant: BenchVariant
    ) async throws {
        let rig = try await BenchRig()
        let task = await beginTransactions(rig, variant)
        task.cancel()
        let (report, failure) = await task.value
        #expect(failure is CancellationError && !report.isComplete)
        #expect((report.visits.first?.transactions?.count ?? 0) > 0)
        await rig.stop()
    }

    @Test(arguments: [sudp, tcp])
    func `a server that ends amid transactions is told, with what was found`(
        variant: BenchVariant
    ) async throws {
        let rig = try await BenchRig()
        let task = await beginTransactions(rig, variant)
        await rig.stop()
        let (report, failure) = await task.value
        guard case .endedEarly(let reason) = failure as? BenchFailure else {
            Issue.record("ended with \(String(describing: failure))")
            return
        }
        #expect(peerCode(reason) == BenchCode.interrupted.rawValue)
        #expect((report.visits.first?.transactions?.count ?? 0) > 0)
    }

    @Test func `what one way did is told as a part of what the first did`() throws {
        var report = BenchReport(
            plan(1, 1) { $0.variants = [Self.sudp, Self.tcp] }, isThisProcess: false, time: 1)
        for (name, count) in [("sudp", 200), ("tcp", 300)] {
            var visit = BenchVisitResult(variant: name, run: 1)
            visit.transactions = BenchTransactions(
                count: UInt64(count), seconds: 1, latency: nil, client: BenchStatistics(),
                server: nil)
            report.visits.append(visit)
        }
        #expect(BenchText.result(report).contains("rr × sudp: sudp 1.00, tcp 1.50"))
        let json = BenchJSON.result(report)
        #expect(json.contains("\"per_second\":200.00,\"ratio\":1.0000,"))
        #expect(json.contains("\"per_second\":300.00,\"ratio\":1.5000,"))
        let rows = BenchCSV.lines(report).map { $0.split(separator: ",").prefix(4) }
        #expect(rows == [["phase", "sudp", "1", "rr"], ["phase", "tcp", "1", "rr"]])
    }

    @Test func `transactions are told in words, as JSON, and held against a baseline`() throws {
        var plan = plan(1, 64_000)
        plan.repeats = 3
        var report = BenchReport(plan, isThisProcess: false, time: 1)
        var used = BenchStatistics()
        (used.userTime, used.contextSwitches) = (1_000_000_000, 2000)
        for (run, count) in [300, 100, 200].enumerated() {
            var visit = BenchVisitResult(variant: "sudp", run: run + 1)
            var histogram = LatencyHistogram()
            histogram.record(2_000_000)
            visit.transactions = BenchTransactions(
                count: UInt64(count), seconds: 1, latency: histogram.summary, client: used,
                server: used)
            report.visits.append(visit)
        }
        let text = BenchText.result(report)
        #expect(text.contains("sudp: 200 transactions/s of 1 and 64000 bytes"))
        #expect(text.contains("p99.9 2.00 ms") && text.contains("spread 100 %"))
        #expect(text.contains("server 5000.0 µs CPU and 10.00 context switches"))
        let json = BenchJSON.result(report)
        #expect(json.contains("\"rr\":{\"per_second\":200.00,\"runs\":[300.00,100.00,200.00]"))
        #expect(json.contains("\"request_bytes\":1,\"response_bytes\":64000"))
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID()).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(json.utf8).write(to: URL(filePath: path))
        let ratios = try BenchBaseline(path: path).ratios(of: report)
        #expect(ratios.map(\.name) == ["sudp rr"] && ratios.map(\.value) == [1])
    }
}
