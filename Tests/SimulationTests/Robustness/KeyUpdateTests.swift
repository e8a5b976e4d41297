import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9001 §6.
@Suite struct KeyUpdateTests {
    @Test func `a key update in the middle of reordering loses nothing`() throws {
        let simulation = run(interval: 100) {
            $0.uplink.append(Reorder(0.3, by: .milliseconds(20)))
            $0.downlink.append(Reorder(0.3, by: .milliseconds(20)))
        }

        let client = try #require(simulation.client?.statistics)
        let server = try #require(simulation.accepted?.statistics)
        #expect(client.keyUpdates >= 3)
        #expect(client.packetsDropped == 0)
        #expect(server.packetsDropped == 0)
    }

    @Test func `both sides may update often, also through loss and duplicates`() throws {
        let simulation = run(interval: 5) {
            $0.server.writes = [.init(after: .zero, 600_000)]
            $0.uplink +=
                [Loss(0.1), Duplicate(0.2, within: .milliseconds(90))] as [any NetworkElement]
            $0.downlink +=
                [Loss(0.1), Duplicate(0.2, within: .milliseconds(90))] as [any NetworkElement]
        }

        #expect((simulation.client?.statistics.keyUpdates ?? 0) >= 10)
        #expect((simulation.accepted?.statistics.keyUpdates ?? 0) >= 10)
    }

    private func run(interval: UInt64, _ change: (inout Scenario) -> Void) -> Simulation {
        var scenario = Scenario(.secure)
        scenario.client = ApplicationScript(sends: 1_000_000)
        scenario.clientConfiguration.keyUpdateInterval = interval
        for side in [\Scenario.clientConfiguration, \Scenario.serverConfiguration] {
            // A key lives for a round trip, and Reno takes the most of them.
            scenario[keyPath: side].congestionControl = .reno
        }
        scenario.serverConfiguration.keyUpdateInterval = interval
        change(&scenario)
        let simulation = Simulation(scenario)
        simulation.runToEnd()
        #expect(simulation.isComplete, "\(simulation.report)")
        return simulation
    }
}
