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

    @Test(
        arguments: [
            (50, 200, 0.02, 0.80), (20, 50, 0.05, 0.88), (10, 30, 0.10, 0.88),
            (50, 20, 0.001, 0.92),
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

    @Test(arguments: [CongestionControl.bbr, .cubic], [2, 4])
    func `flows share a bottleneck`(control: CongestionControl, count: Int) throws {
        var transfer = BulkTransfer(20, .milliseconds(30))
        (transfer.control, transfer.clients) = (control, count)
        let simulation = Simulation(transfer.scenario)
        simulation.run(for: .seconds(25))
        let before = simulation.server.connections.map(\.application.bytesRead)
        simulation.run(for: .seconds(30))
        let rates = zip(simulation.server.connections, before).map {
            Double($0.application.bytesRead - $1)
        }
        let total = rates.reduce(0, +)
        #expect(rates.count == count)
        #expect(transfer.share(of: UInt64(total), in: .seconds(30)) >= 0.9)
        let squares = rates.reduce(0) { $0 + $1 * $1 }
        #expect(total * total / (Double(count) * squares) >= 0.9)
    }
}
