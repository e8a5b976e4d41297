import SUDPProtocol
import SUDPSimulator
import Testing

/// On a path without faults nothing is repaired, and little is sent besides the stream.
@Suite struct CleanPathTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a mebibyte arrives without repair and at little cost`(mode: SecurityMode) throws {
        let count: UInt64 = TestEnvironment.isExhaustive ? 10_000 : 50
        for seed in 1...count {
            let simulation = transfer(mode, seed: seed)
            let client = try #require(simulation.client?.statistics)
            let server = try #require(simulation.accepted?.statistics)

            #expect(simulation.isComplete, "\(simulation.report)")
            #expect(client.packetsLost == 0 && server.packetsLost == 0)
            #expect(client.probeTimeouts == 0 && server.probeTimeouts == 0)
            #expect(client.streamBytesRetransmitted == 0)
            #expect(Double(server.acknowledgementsSent) <= 0.55 * Double(client.packetsSent))
            #expect(Double(client.bytesSent) <= 1.06 * 1_048_576)
        }
    }

    @Test func `datagrams that come twice are counted and nothing else`() throws {
        var scenario = Scenario(.secure)
        scenario.client = ApplicationScript(sends: 1_048_576)
        scenario.uplink.append(Duplicate(1))
        let simulation = Simulation(scenario)
        simulation.runToEnd()
        #expect(simulation.isComplete, "\(simulation.report)")
        let server = try #require(simulation.accepted?.statistics)
        #expect(server.packetsDuplicate * 2 > server.packetsReceived)
        #expect(server.packetsDuplicate <= server.packetsReceived)
        #expect(server.packetsDropped == 0)
        #expect(simulation.client?.statistics.packetsLost == 0)
    }

    private func transfer(_ mode: SecurityMode, seed: UInt64) -> Simulation {
        var scenario = Scenario(mode, roundTrip: .milliseconds(1 + seed % 100))
        scenario.seed = seed
        scenario.client = ApplicationScript(sends: 1_048_576)
        let simulation = Simulation(scenario)
        simulation.runToEnd()
        return simulation
    }
}
