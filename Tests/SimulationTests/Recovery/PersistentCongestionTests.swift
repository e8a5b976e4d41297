import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9002 §7.6: a path that lost everything for long is probed from the smallest window.
@Suite struct PersistentCongestionTests {
    @Test func `losses that span three probe timeouts shrink the window to two packets`() throws {
        let (simulation, smallest) = run(blackout: .seconds(5))

        #expect(smallest == 2 * 1200)
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 3_000_000)
    }

    @Test func `a short outage only halves the window`() throws {
        let (simulation, smallest) = run(blackout: .milliseconds(150))

        #expect(smallest > 2 * 1200)
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 3_000_000)
    }

    /// A bulk stream with an outage; the smallest congestion window of the sender.
    private func run(blackout span: TimeSpan) -> (Simulation, smallest: Int) {
        var scenario = BurstScenario.make(bytes: 3_000_000)
        let start = Instant.start + .milliseconds(1200)
        scenario.uplink.append(Partition([start..<(start + span)]))
        let simulation = Simulation(scenario)
        var smallest = Int.max
        simulation.observer = { _, connection in
            guard connection.isClient else { return }
            smallest = min(smallest, connection.statistics.congestionWindow)
        }
        simulation.run(for: .seconds(60))
        #expect(simulation.violation == nil, "\(simulation.report)")
        return (simulation, smallest)
    }
}
