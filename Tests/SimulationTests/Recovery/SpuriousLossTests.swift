import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 8985 §6.2, RFC 4015: what was not lost must not slow the sender down.
@Suite struct SpuriousLossTests {
    @Test func `a delay spike costs two probes and no window`() throws {
        var scenario = BurstScenario.make(packets: 10)
        let spike = (Instant.start + .milliseconds(590))..<(.start + .milliseconds(1100))
        scenario.uplink.append(Stall([spike]))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(4))

        let client = try #require(simulation.client)
        #expect(client.statistics.congestionWindow >= 12_000)
        #expect(simulation.retransmissions().count <= 4)
        #expect((client.statistics.smoothedRTT ?? .zero) > .milliseconds(130))
        #expect(
            client.statistics.streamBytesAcknowledged == BurstScenario.byteCount(packets: 10))
    }

    @Test func `a reduction is undone when the lost packet arrives after all`() throws {
        let simulation = Simulation(Self.overtaken([(0, 60)], packets: 4))

        simulation.run(for: .seconds(2))

        let client = try #require(simulation.client)
        #expect(simulation.retransmissions().count == 1)
        #expect(client.statistics.congestionEvents == 1)
        #expect(client.statistics.packetsSpuriouslyLost == 1)
        #expect(client.statistics.congestionWindow >= 12_000)
    }

    @Test func `a spurious loss widens the reordering window`() throws {
        var scenario = Self.overtaken([(0, 60), (1, 40)], packets: 4)
        scenario.client.writes.append(
            .init(after: .seconds(2), BurstScenario.byteCount(packets: 4)))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(4))

        let client = try #require(simulation.client)
        #expect(simulation.retransmissions().count == 1)
        #expect(client.statistics.packetsLost == 1)
    }

    /// Bursts of which the first packet is held back by so many milliseconds.
    private static func overtaken(
        _ holds: [(burst: UInt64, milliseconds: UInt64)], packets: UInt64
    ) -> Scenario {
        var scenario = BurstScenario.make(packets: packets)
        for hold in holds {
            let offset = hold.burst * BurstScenario.byteCount(packets: packets)
            let counter = Counter()
            scenario.uplink.append(
                Reorder(by: .milliseconds(hold.milliseconds)) { datagram in
                    ObservedPacket(datagram.bytes)?.streamRange?.lowerBound == offset
                        && counter.next() == 1
                })
        }
        return scenario
    }
}
