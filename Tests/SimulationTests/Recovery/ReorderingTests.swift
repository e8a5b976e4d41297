import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 8985 §3.3.2: once reordering was seen only time proves a loss, and it adapts.
@Suite struct ReorderingTests {
    @Test func `reordering within a quarter round trip costs nothing once it was seen`() throws {
        var scenario = BurstScenario.make(bytes: 1_200_000)
        let first = BurstScenario.byteCount(packets: 1)
        scenario.uplink.append(
            Reorder(by: .milliseconds(1)) { ObservedPacket($0.bytes)?.streamRange == 0..<first })
        scenario.uplink.append(
            Reorder(by: .milliseconds(20)) { $0.number > 40 && $0.number % 7 == 0 })
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(10))

        let client = try #require(simulation.client)
        #expect(client.statistics.streamBytesAcknowledged == 1_200_000)
        #expect(client.statistics.packetsLost <= 1)
        #expect(simulation.retransmissions().count <= 1)
    }

    @Test func `the window grows until persistent reordering costs little`() throws {
        var scenario = BurstScenario.make(bytes: 4_000_000)
        scenario.uplink.append(Reorder(0.05, by: .milliseconds(60)))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(22))

        // About 170 packets are held back.
        let client = try #require(simulation.client?.statistics)
        #expect(client.streamBytesAcknowledged == 4_000_000)
        #expect((1...20).contains(client.packetsLost))
        #expect(client.packetsSpuriouslyLost == client.packetsLost)
    }

    @Test func `three packets of reordering count as a loss only the first time`() throws {
        var scenario = BurstScenario.make(packets: 5, roundTrip: .milliseconds(1))
        for burst in UInt64(1)...5 {
            scenario.client.writes.append(
                .init(after: .seconds(burst), BurstScenario.byteCount(packets: 5)))
        }
        let starts = (0...5).map { $0 * BurstScenario.byteCount(packets: 5) }
        scenario.uplink.append(
            Reorder(by: .microseconds(100)) { datagram in
                guard let range = ObservedPacket(datagram.bytes)?.streamRange else { return false }
                return starts.contains(range.lowerBound)
            })
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(8))

        let client = try #require(simulation.client)
        #expect(client.statistics.packetsLost <= 1)
        #expect(client.statistics.packetsSpuriouslyLost == client.statistics.packetsLost)
        #expect(client.statistics.streamBytesAcknowledged == starts[5] + starts[1])
    }
}
