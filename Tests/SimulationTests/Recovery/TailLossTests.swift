import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9002 §6.2: when no later acknowledgement can prove a loss, a probe asks for one.
@Suite struct TailLossTests {
    @Test func `the loss of the last packet is repaired by one probe timeout`() throws {
        let simulation = run(losing: [10])

        let client = try #require(simulation.client)
        let again = simulation.retransmissions()
        let lost = simulation.streamPackets()[9].packet.streamRange
        #expect(!again.isEmpty && again.count <= 2)
        #expect(again.allSatisfy { $0.packet.streamRange == lost })
        #expect((126..<326).contains(again.first?.time.sinceBurst ?? 0))
        #expect(client.statistics.probeTimeouts == 1)
        #expect(client.statistics.congestionEvents <= 1)
        #expect(client.statistics.congestionWindow > 4800)
    }

    @Test func `the loss of the last three packets takes one probe timeout and one round trip`()
        throws
    {
        let simulation = run(losing: [8, 9, 10])

        let client = try #require(simulation.client)
        let again = simulation.retransmissions()
        let lost = Set(simulation.streamPackets()[7...9].map(\.packet.streamRange))
        let probe = try #require(again.first?.time)
        #expect(Set(again.map(\.packet.streamRange)) == lost)
        #expect(again.allSatisfy { ($0.time - probe).milliseconds < 103 })
        #expect(client.statistics.probeTimeouts == 1)
        #expect(client.statistics.congestionEvents == 1)
        #expect(client.statistics.congestionWindow > 4800)
    }

    @Test func `the loss of a whole flight sends nothing again that arrived`() throws {
        let simulation = run(losing: Set(1...10))

        let client = try #require(simulation.client)
        let sent = simulation.streamPackets()
        let probes = simulation.retransmissions().prefix { $0.time.sinceBurst < 330 }
        #expect(probes.count == 2)
        #expect(sent.count == 20)
        #expect(Set(sent.map(\.packet.streamRange)).count == 10)
        #expect(client.statistics.probeTimeouts == 1)
        #expect(client.statistics.congestionEvents == 1)
    }

    /// Ten packets into a quiet connection.
    private func run(losing numbers: Set<Int>) -> Simulation {
        var scenario = BurstScenario.make(packets: 10)
        scenario.uplink.append(Drop(streamPackets: numbers))
        scenario.coalescesTrains = true
        let simulation = Simulation(scenario)
        simulation.run(for: .seconds(3))
        #expect(simulation.violation == nil, "\(simulation.report)")
        let written = BurstScenario.byteCount(packets: 10)
        #expect(simulation.accepted?.application.bytesRead == written)
        return simulation
    }
}
