import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 8985 §3: a retransmission is a packet of its own and is found lost like any other.
@Suite struct LostRetransmissionTests {
    @Test func `a lost retransmission is sent again without a probe timeout`() throws {
        var scenario = BurstScenario.make(bytes: 60_000)
        scenario.uplink.append(
            Drop(first: 2) { $0.streamRange.map { $0.contains(0) } ?? false })
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(4))

        let client = try #require(simulation.client)
        let times = simulation.streamPackets()
            .filter { $0.packet.streamRange?.contains(0) ?? false }.map(\.time)
        #expect(times.count == 3)
        #expect((times[2] - times[1]).milliseconds > 98)
        #expect((times[2] - times[1]).milliseconds < 160)
        #expect(client.statistics.probeTimeouts == 0)
        #expect(client.statistics.streamBytesAcknowledged == 60_000)
    }
}
