import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9002 §6.1.1, RFC 8985 §6.2.
@Suite struct FastRetransmitTests {
    @Test func `the third later acknowledgement sends a lost packet again`() throws {
        var scenario = BurstScenario.make(packets: 4)
        scenario.uplink.append(Drop(streamPackets: [1]))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(2))

        let client = try #require(simulation.client)
        let packets = simulation.streamPackets()
        #expect(packets.count == 5)
        #expect(packets.last?.packet.streamRange == packets.first?.packet.streamRange)
        #expect(abs((packets.last?.time.sinceBurst ?? 0) - 100) < 2)
        #expect(client.statistics.packetsLost == 1)
        #expect(client.statistics.probeTimeouts == 0)
        #expect(client.statistics.bytesInFlight == 0)
    }

    @Test func `one later acknowledgement makes lost what is overdue by a quarter round trip`()
        throws
    {
        var scenario = BurstScenario.make(packets: 4)
        scenario.uplink.append(Drop(streamPackets: [1, 2, 3]))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(2))

        let client = try #require(simulation.client)
        let again = simulation.retransmissions()
        #expect(
            again.map(\.packet.streamRange)
                == simulation.streamPackets().prefix(3).map(\.packet.streamRange))
        #expect(again.allSatisfy { $0.time.sinceBurst > 124 && $0.time.sinceBurst < 130 })
        #expect(client.statistics.packetsLost == 3)
        #expect(client.statistics.probeTimeouts == 0)
    }

    @Test func `a hole of seven packets is filled from its start`() throws {
        var scenario = BurstScenario.make(packets: 10)
        scenario.uplink.append(Drop(streamPackets: Set(1...7)))
        scenario.uplink.append(
            Reorder(by: .milliseconds(60)) { datagram in
                guard let range = ObservedPacket(datagram.bytes)?.streamRange else { return false }
                return range.lowerBound >= BurstScenario.byteCount(packets: 8)
            })
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(3))

        let client = try #require(simulation.client)
        let again = simulation.retransmissions()
        let firstSeven = simulation.streamPackets().prefix(7).map(\.packet.streamRange)
        #expect(again.map(\.packet.streamRange) == firstSeven)
        #expect(abs((again.first?.time.sinceBurst ?? 0) - 125) < 3)
        #expect(client.statistics.packetsLost == 7)
        #expect(client.statistics.congestionEvents == 1)
        #expect(client.statistics.probeTimeouts == 0)
        #expect(
            client.statistics.streamBytesAcknowledged == BurstScenario.byteCount(packets: 10))
    }
}
