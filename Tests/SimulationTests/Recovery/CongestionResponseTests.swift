import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9002 §7.3.2: one reduction per round trip, however many packets it lost.
@Suite struct CongestionResponseTests {
    @Test func `two losses in one round trip reduce the window once`() throws {
        let simulation = run(losing: [1, 5])

        #expect(simulation.client?.statistics.congestionEvents == 1)
        #expect(simulation.client?.statistics.packetsLost == 2)
    }

    @Test func `the loss of a packet sent before the recovery reduces nothing further`() throws {
        let simulation = run(losing: [1, 10])

        #expect(simulation.client?.statistics.congestionEvents == 1)
        #expect(simulation.client?.statistics.packetsLost == 2)
    }

    @Test func `a loss in a later round trip reduces the window again`() throws {
        let simulation = run(losing: [1, 30])

        #expect(simulation.client?.statistics.congestionEvents == 2)
    }

    @Test func `a reduction halves the window`() throws {
        var scenario = BurstScenario.make(bytes: 60_000)
        scenario.uplink.append(Drop(streamPackets: [1]))
        let simulation = Simulation(scenario)
        var windows: [Int] = []
        simulation.observer = { _, connection in
            guard connection.isClient else { return }
            let window = connection.statistics.congestionWindow
            if windows.last != window { windows.append(window) }
        }

        simulation.run(for: .seconds(5))

        let drops = zip(windows, windows.dropFirst()).filter { $1 < $0 }
        #expect(drops.count == 1)
        // The acknowledgement that proves the loss may have grown the window first.
        #expect(drops.first.map { (0.4...0.6).contains(Double($0.1) / Double($0.0)) } ?? false)
    }

    private func run(losing numbers: Set<Int>) -> Simulation {
        var scenario = BurstScenario.make(bytes: 60_000)
        scenario.uplink.append(Drop(streamPackets: numbers))
        let simulation = Simulation(scenario)
        simulation.run(for: .seconds(5))
        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 60_000)
        return simulation
    }
}
