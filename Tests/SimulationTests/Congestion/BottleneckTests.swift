import SUDPProtocol
import SUDPSimulator
import Testing

/// How much of a bottleneck a long stream uses, how full it keeps the queue, and how it shares.
@Suite struct BottleneckTests {
    private struct Outcome {
        var share = 0.0
        var sentPerDelivered = 0.0
        /// The longest smoothed round trip after the start, in multiples of the path's.
        var longestRoundTrip = 0.0
        var statistics = ConnectionStatistics()
    }

    /// Runs a transfer; the share counts the time after `warmUp`.
    private func run(
        _ transfer: BulkTransfer, for span: TimeSpan = .seconds(12), after warmUp: TimeSpan = .zero
    ) throws -> Outcome {
        let simulation = Simulation(transfer.scenario)
        simulation.run(for: warmUp)
        let before = simulation.accepted?.application.bytesRead ?? 0
        var outcome = Outcome()
        for _ in 0..<(span.nanoseconds / TimeSpan.milliseconds(50).nanoseconds) {
            simulation.run(for: .milliseconds(50))
            let roundTrip = simulation.client?.statistics.smoothedRTT ?? .zero
            outcome.longestRoundTrip = max(
                outcome.longestRoundTrip, roundTrip.seconds / transfer.roundTrip.seconds)
        }
        #expect(simulation.violation == nil, "\(simulation.report)")
        let read = simulation.accepted?.application.bytesRead ?? 0
        outcome.statistics = try #require(simulation.client?.statistics)
        outcome.share = transfer.share(of: read - before, in: span)
        outcome.sentPerDelivered = Double(outcome.statistics.bytesSent) / Double(max(read, 1))
        return outcome
    }

    @Test(arguments: CongestionControl.allCases)
    func `a clean path is filled`(control: CongestionControl) throws {
        var transfer = BulkTransfer(50, .milliseconds(40))
        transfer.control = control
        #expect(try run(transfer, for: .seconds(8), after: .seconds(1)).share >= 0.94)
    }

    @Test(arguments: CongestionControl.allCases)
    func `a steady flow is acknowledged sixteen times per round trip`(
        control: CongestionControl
    ) throws {
        var transfer = BulkTransfer(100, .milliseconds(40))
        transfer.control = control
        let simulation = Simulation(transfer.scenario)
        simulation.run(for: .seconds(3))
        let receiver = try #require(simulation.accepted)
        let before = receiver.statistics.acknowledgementsSent
        simulation.run(for: .seconds(4))
        let sent = receiver.statistics.acknowledgementsSent - before
        #expect((1200...2400).contains(sent))
    }

    @Test func `a gigabit over 200 ms is filled without being told of it`() throws {
        let transfer = BulkTransfer(1000, .milliseconds(200))
        let outcome = try run(transfer, for: .seconds(4), after: .seconds(4))
        #expect(outcome.share >= 0.9)
    }

    @Test(
        arguments: [
            (50, 200, 0.02, 0.80), (20, 50, 0.05, 0.88), (10, 30, 0.10, 0.88),
            (50, 20, 0.001, 0.92), (300, 20, 0.001, 0.95),
        ] as [(Double, UInt64, Double, Double)])
    func `BBR fills a path that loses packets at random`(
        rate: Double, roundTrip: UInt64, loss: Double, least: Double
    ) throws {
        var transfer = BulkTransfer(rate, .milliseconds(roundTrip))
        transfer.loss = loss
        let outcome = try run(transfer, for: .seconds(20))
        #expect(outcome.share >= least)
        #expect(outcome.statistics.probeTimeouts <= 1)
    }

    @Test(arguments: [(0.01, 1.10), (0.05, 1.15), (0.10, 1.22)] as [(Double, Double)])
    func `random losses cost little more than their repair`(loss: Double, most: Double) throws {
        var transfer = BulkTransfer(20, .milliseconds(50))
        transfer.loss = loss
        #expect(try run(transfer).sentPerDelivered <= most)
    }

    @Test func `a shallow queue does not keep BBR from filling the path`() throws {
        var transfer = BulkTransfer(50, .milliseconds(40))
        transfer.queue = 0.2
        #expect(try run(transfer, after: .seconds(1)).share >= 0.92)
    }

    @Test(arguments: [0, 0.01, 0.1])
    func `a policer is neither fed with what it loses nor taken for random loss`(
        loss: Double
    ) throws {
        var transfer = BulkTransfer(50, .milliseconds(60))
        (transfer.policerBurst, transfer.loss) = (100_000, loss)
        let outcome = try run(transfer, for: .seconds(30))
        #expect(outcome.share >= 0.9 * (1 - loss))
        #expect(outcome.sentPerDelivered <= 1.10 / (1 - loss))
    }

    @Test(arguments: CongestionControl.allCases)
    func `marks keep a deep queue short without a loss`(control: CongestionControl) throws {
        var transfer = BulkTransfer(50, .milliseconds(40))
        (transfer.queue, transfer.control) = (10, control)
        transfer.markingDelay = .milliseconds(10)
        let outcome = try run(transfer, for: .seconds(10), after: .seconds(2))
        #expect(outcome.share >= 0.85)
        #expect(outcome.longestRoundTrip <= 2)
        #expect(outcome.statistics.packetsLost == 0)
        #expect(outcome.statistics.congestionEvents > 0)
    }

    @Test func `BBR leaves a deep queue mostly empty`() throws {
        var transfer = BulkTransfer(50, .milliseconds(40))
        transfer.queue = 10
        let outcome = try run(transfer, after: .seconds(2))
        #expect(outcome.share >= 0.94)
        #expect(outcome.longestRoundTrip <= 2)
        transfer.control = .cubic
        #expect(try run(transfer, after: .seconds(2)).longestRoundTrip > 2)
    }

    @Test func `CUBIC stops its slow start before it fills a deep queue`() throws {
        var transfer = BulkTransfer(50, .milliseconds(100))
        transfer.queue = 8
        transfer.control = .cubic
        #expect(try run(transfer, for: .seconds(6)).statistics.packetsLost == 0)
    }

    /// Jain's index of what several flows got, from `warmUp` on.
    private func fairness(
        _ transfer: BulkTransfer, after warmUp: TimeSpan = .zero, for span: TimeSpan
    ) -> Double {
        let simulation = Simulation(transfer.scenario)
        simulation.run(for: warmUp)
        let before = simulation.server.connections.map(\.application.bytesRead)
        simulation.run(for: span)
        let all = simulation.server.connections.map(\.application.bytesRead)
        let rates = all.indices.map {
            Double(all[$0] - ($0 < before.count ? before[$0] : 0))
        }
        let total = rates.reduce(0, +)
        #expect(rates.count == transfer.clients)
        #expect(transfer.share(of: UInt64(total), in: span) >= 0.9)
        return total * total / (Double(rates.count) * rates.reduce(0) { $0 + $1 * $1 })
    }

    @Test(arguments: [2, 4])
    func `CUBIC flows share a bottleneck from the start`(count: Int) {
        var transfer = BulkTransfer(20, .milliseconds(30))
        (transfer.control, transfer.clients) = (.cubic, count)
        #expect(fairness(transfer, for: .seconds(60)) >= 0.95)
    }

    // The moments of their probes are random: single runs lie between 0.90 and 0.98.
    @Test func `two BBR flows share a bottleneck from the start on the average`() {
        let indices = (1...6 as ClosedRange<UInt64>).map { seed in
            var transfer = BulkTransfer(20, .milliseconds(30))
            (transfer.clients, transfer.seed) = (2, seed)
            return fairness(transfer, for: .seconds(60))
        }
        #expect(indices.reduce(0, +) / Double(indices.count) >= 0.935)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `four BBR flows that begin together share a bottleneck from the start`(seed: UInt64) {
        var transfer = BulkTransfer(20, .milliseconds(30))
        (transfer.clients, transfer.seed) = (4, seed)
        transfer.spacing = .milliseconds(10)
        #expect(fairness(transfer, for: .seconds(60)) >= 0.95)
    }

    @Test(arguments: [2, 13] as [Double])
    func `BBR takes its part of a deep queue that CUBIC keeps full`(queue: Double) throws {
        var transfer = BulkTransfer(20, .milliseconds(30))
        (transfer.queue, transfer.clients, transfer.firstControl) = (queue, 2, .cubic)
        let simulation = Simulation(transfer.scenario)
        simulation.run(for: .seconds(60))
        let all = simulation.server.connections
        #expect(all.count == 2)
        let second = try #require(all.first { $0.client == 1 }).application.bytesRead
        let share = Double(second) / Double(all.reduce(0) { $0 + $1.application.bytesRead })
        #expect((0.35...0.65).contains(share))
    }

    @Test func `BBR flows that come one by one into a full queue share it in the end`() {
        var transfer = BulkTransfer(20, .milliseconds(30))
        transfer.clients = 4
        #expect(fairness(transfer, after: .seconds(25), for: .seconds(30)) >= 0.9)
    }
}
