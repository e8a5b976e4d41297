import SUDPTransport
import Synchronization
import Testing

@testable import SUDPServices

@Suite struct BenchClientTests {
    private func plan(_ change: (inout BenchPlan) -> Void) -> BenchPlan {
        var plan = BenchPlan()
        plan.duration = .milliseconds(300)
        change(&plan)
        return plan
    }

    @Test(arguments: [BenchVariant.Way.sudp, .tcp])
    func `a number of bytes is moved each way and counted`(way: BenchVariant.Way) async throws {
        let rig = try await BenchRig()
        let plan = plan { plan in
            // The connections do not all have the same share.
            plan.byteCount = 3_000_001
            plan.flows = 8
            plan.variants = [BenchVariant(name: "x", way: way)]
        }
        let (report, failure) = await BenchClient(rig.target, plan).run()
        #expect(failure == nil)
        #expect(report.isComplete && report.lack == nil)
        let phases = try #require(report.visits.first).phases
        try #require(phases.map(\.name) == ["idle", "download", "upload"])
        #expect(phases[1].figures.map(\.byteCount) == [3_000_001])
        // What announced the load may be confirmed late.
        #expect((3_000_001..<3_000_201).contains(try #require(phases[2].figures.first).byteCount))
        #expect(phases[1].figures.first?.sender.map { $0.bytesAcknowledged >= 3_000_001 } == true)
        #expect(phases.allSatisfy { ($0.latency?.count ?? 0) > 0 })
        await rig.stop()
    }

    @Test(arguments: [BenchVariant.Way.sudp, .tcp])
    func `both ways at once are told apart`(way: BenchVariant.Way) async throws {
        let rig = try await BenchRig()
        let plan = plan { plan in
            plan.byteCount = 1_000_000
            plan.directions = [.both]
            plan.variants = [BenchVariant(name: "x", way: way)]
        }
        let (report, failure) = await BenchClient(rig.target, plan).run()
        #expect(failure == nil)
        let phase = try #require(report.visits.first?.phases.last)
        #expect(phase.name == "bidir")
        #expect(phase.figures.map(\.direction) == [.download, .upload])
        #expect(phase.figures.allSatisfy { (1_000_000..<1_000_200).contains($0.byteCount) })
        await rig.stop()
    }

    @Test(arguments: [BenchVariant.Way.sudp, .tcp])
    func `a warm-up is told of and does not count`(way: BenchVariant.Way) async throws {
        let rig = try await BenchRig()
        let plan = plan { plan in
            plan.directions = [.download]
            plan.duration = .seconds(600)
            plan.warmUp = .milliseconds(300)
            plan.interval = .milliseconds(100)
            plan.variants = [BenchVariant(name: "x", way: way)]
        }
        let log = IntervalLog()
        let client = BenchClient(rig.target, plan, tell: log.note)
        let task = Task { await client.run() }
        for await interval in log.intervals
        where !interval.isWarmUp && interval.figures.contains(where: { $0.byteCount > 0 }) {
            break
        }
        task.cancel()
        let (report, failure) = await task.value
        #expect(failure is CancellationError)
        let all = log.all
        #expect(all.first?.isWarmUp == true && all.last?.isWarmUp == false)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.end == $1.start })
        let lastWarmUp = all.last { $0.isWarmUp }
        let warmUp = try #require(lastWarmUp).end
        let counted = all.filter { !$0.isWarmUp }.flatMap(\.figures).reduce(0) { $0 + $1.byteCount }
        let figures = try #require(report.visits.first?.phases.last?.figures.first)
        #expect(figures.byteCount >= counted)
        let end = try #require(report.samples.last).phaseTime
        #expect(warmUp >= 0.3 && abs(warmUp + figures.seconds - end) < 1e-6)
        await rig.stop()
    }

    @Test func `a warm-up seen to end late takes nothing from what counts`() async throws {
        let rig = try await BenchRig()
        let plan = plan { plan in
            plan.directions = [.download]
            // Over before anybody looks.
            plan.warmUp = .microseconds(1)
            plan.duration = .milliseconds(20)
        }
        let (report, failure) = await BenchClient(rig.target, plan).run()
        #expect(failure == nil)
        let figures = try #require(report.visits.first?.phases.last?.figures.first)
        #expect(figures.seconds >= 0.02)
        await rig.stop()
    }

    /// A measurement that has moved something.
    private func started(
        _ rig: BenchRig, _ plan: BenchPlan
    ) async -> Task<(report: BenchReport, failure: (any Error)?), Never> {
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let client = BenchClient(
            rig.target, plan,
            tell: { event in
                if case .sample(let sample) = event,
                    max(sample.upload ?? 0, sample.download ?? 0) > 0
                {
                    reach.yield()
                }
            })
        let task = Task { await client.run() }
        for await _ in reached { break }
        return task
    }

    @Test func `a measurement that is cancelled keeps what was found`() async throws {
        let rig = try await BenchRig()
        let plan = plan { plan in
            plan.directions = [.upload]
            plan.byteCount = .max / 2
        }
        let task = await started(rig, plan)
        task.cancel()
        let (report, failure) = await task.value
        #expect(failure is CancellationError)
        #expect(!report.isComplete)
        #expect((report.visits.first?.phases.last?.figures.first?.byteCount ?? 0) > 0)
        await rig.stop()
    }

    @Test func `a server that ends in the middle is told, with what was found`() async throws {
        let rig = try await BenchRig()
        let plan = plan { plan in
            plan.directions = [.download]
            plan.byteCount = .max / 2
        }
        let task = await started(rig, plan)
        await rig.stop()
        let (report, failure) = await task.value
        guard case .endedEarly(let reason) = failure as? BenchFailure else {
            Issue.record("ended with \(String(describing: failure))")
            return
        }
        #expect(peerCode(reason) == BenchCode.interrupted.rawValue)
        #expect((report.visits.first?.phases.last?.figures.first?.byteCount ?? 0) > 0)
    }

    @Test func `more than the server allows is refused before anything is measured`() async throws {
        let rig = try await BenchRig { $0.visitLimit = .seconds(60) }
        let plan = plan { $0.duration = .seconds(31) }
        let (report, failure) = await BenchClient(rig.target, plan).run()
        guard case .notAllowed = failure as? BenchFailure else {
            Issue.record("ended with \(String(describing: failure))")
            return
        }
        #expect(report.isEmpty)
        await rig.stop()
    }

    @Test(arguments: [
        (SecurityMode.plaintext, [BenchHandshakes.Kind.full]),
        (.secure, [.full, .resumed, .early]),
    ])
    func `handshakes of every kind that the mode has are counted`(
        mode: SecurityMode, kinds: [BenchHandshakes.Kind]
    ) async throws {
        let rig = try await BenchRig(mode: mode)
        let plan = plan { plan in
            plan.countsHandshakes = true
            plan.flows = 2
        }
        let (report, failure) = await BenchClient(rig.target, plan).run()
        #expect(failure == nil)
        let results = try #require(report.visits.first).handshakes
        #expect(results.map(\.kind) == kinds)
        for handshakes in results {
            #expect(handshakes.count > 0 && handshakes.failures == 0)
            #expect(handshakes.latency?.count == handshakes.count)
        }
        await rig.stop()
    }

    @Test func `a rate is kept by the server and by the client`() async throws {
        let rig = try await BenchRig()
        let plan = plan { plan in
            plan.bytesPerSecond = 400_000
            plan.byteCount = 200_000
        }
        let (report, failure) = await BenchClient(rig.target, plan).run()
        #expect(failure == nil)
        for phase in try #require(report.visits.first).phases.dropFirst() {
            // 200 kB at 400 kB/s take half a second, less the pieces that go at once.
            #expect(try #require(phase.figures.first).seconds > 0.4)
        }
        await rig.stop()
    }
}

/// The intervals that a client told of.
private final class IntervalLog: Sendable {
    /// Ends never.
    let intervals: AsyncStream<BenchInterval>
    private let continuation: AsyncStream<BenchInterval>.Continuation
    private let log = Mutex<[BenchInterval]>([])

    init() { (intervals, continuation) = AsyncStream.makeStream() }

    var all: [BenchInterval] { log.withLock { $0 } }

    func note(_ event: BenchEvent) {
        guard case .interval(let interval) = event else { return }
        log.withLock { $0.append(interval) }
        continuation.yield(interval)
    }
}
