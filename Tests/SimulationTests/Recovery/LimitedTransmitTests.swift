import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 3042, RFC 9002 §7: the first later acknowledgements release new packets, not old ones.
@Suite struct LimitedTransmitTests {
    @Test func `two later acknowledgements release new data and reordering costs nothing`() throws {
        var scenario = BurstScenario.make(bytes: 40_000)
        let overtaken = BurstScenario.byteCount(packets: 1)
        let held = BurstScenario.byteCount(packets: 3)
        scenario.uplink.append(
            Reorder(by: .milliseconds(20)) {
                ObservedPacket($0.bytes)?.streamRange == 0..<overtaken
            })
        scenario.uplink.append(
            Reorder(by: .milliseconds(24)) { datagram in
                (ObservedPacket(datagram.bytes)?.streamRange?.lowerBound ?? 0) >= held
            })
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(3))

        let client = try #require(simulation.client)
        let packets = simulation.streamPackets()
        let released = packets.filter { $0.time.sinceBurst > 90 && $0.time.sinceBurst < 119 }
        #expect(packets.prefix { $0.time.sinceBurst < 1 }.count == 10)
        #expect(released.count >= 2 && released.count <= 4)
        #expect(simulation.retransmissions().isEmpty)
        #expect(client.statistics.packetsLost == 0)
        #expect(client.statistics.congestionEvents == 0)
        #expect(client.statistics.streamBytesAcknowledged == 40_000)
    }
}
