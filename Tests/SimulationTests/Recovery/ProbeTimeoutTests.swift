import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9002 §6.2.
@Suite struct ProbeTimeoutTests {
    @Test func `without a sample the first probes follow three times 333 ms`() throws {
        var scenario = Scenario(.plaintext)
        scenario.uplink = [Partition(from: .start)]
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(4))

        let times = distinctTimes(simulation.captured.map(\.sinceStart.milliseconds))
        #expect(times.prefix(3).map { Int($0.rounded()) } == [0, 999, 2997])
    }

    @Test func `a probe timeout sends two packets and doubles up to three seconds`() throws {
        let simulation = blackout(bytes: 1000)

        simulation.run(for: .seconds(20))

        let probes = simulation.packets(fromClient: true)
            .filter { $0.time.sinceBurst > 1 && $0.packet.isAckEliciting }
        let times = distinctTimes(probes.map(\.time.sinceBurst))
        let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
        #expect((126..<330).contains(times[0]))
        for (gap, next) in zip(gaps, gaps.dropFirst()) {
            #expect(abs(next - min(2 * gap, 3000)) < 2)
        }
        #expect(gaps.max().map { $0 < 3001 } ?? false)
        #expect(times.allSatisfy { time in probes.count { $0.time.sinceBurst == time } == 2 })
    }

    @Test func `probes carry the oldest bytes when there are no new ones`() throws {
        let simulation = blackout(bytes: BurstScenario.byteCount(packets: 4))

        simulation.run(for: .milliseconds(1000))

        let packets = simulation.streamPackets()
        #expect(packets.count == 6)
        #expect(packets[4].packet.streamRange == packets[0].packet.streamRange)
        #expect(packets[5].packet.streamRange == packets[1].packet.streamRange)
    }

    @Test func `probes exceed the window and are no sign of loss`() throws {
        let simulation = blackout(bytes: 40_000)

        simulation.run(for: .milliseconds(1000))

        let client = try #require(simulation.client)
        let statistics = client.statistics
        #expect(statistics.probeTimeouts == 1)
        #expect(statistics.bytesInFlight > statistics.congestionWindow)
        #expect(statistics.packetsLost == 0)
        #expect(statistics.congestionEvents == 0)
        #expect(simulation.streamPackets().count == 12)
    }

    @Test func `the back-off ends with the first acknowledgement`() throws {
        var scenario = BurstScenario.make(bytes: 1000)
        scenario.client.writes.append(.init(after: .seconds(20), 1000))
        scenario.uplink.append(
            Partition([
                (Instant.start + .milliseconds(590))..<(.start + .seconds(8)),
                (Instant.start + .seconds(20))..<(.start + .seconds(22)),
            ]))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(30))

        let second = simulation.streamPackets().filter {
            $0.packet.streamRange?.lowerBound == 1000
        }
        let first = try #require(second.first?.time)
        let probe = try #require(second.first { $0.time > first }?.time)
        #expect((probe - first).milliseconds < 1000)
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 2000)
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a stream goes on within three seconds of the end of a blackout`(mode: SecurityMode) throws
    {
        var scenario = Scenario(mode)
        let blackout = (Instant.start + .seconds(2))..<(.start + .seconds(12))
        scenario.client.writes = (0..<200).map { .init(after: .milliseconds(100) * $0, 4000) }
        scenario.uplink.append(Partition([blackout]))
        scenario.downlink.append(Partition([blackout]))
        let simulation = Simulation(scenario)

        simulation.run(until: blackout.upperBound)
        let before = try #require(simulation.accepted?.application.bytesRead)
        simulation.run(for: .seconds(3))
        let after = try #require(simulation.accepted?.application.bytesRead)

        #expect(after > before)
        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.isComplete, "\(simulation.report)")
    }

    /// Everything after the opening is lost, both ways.
    private func blackout(bytes: UInt64) -> Simulation {
        var scenario = BurstScenario.make(bytes: bytes)
        scenario.uplink.append(Partition(from: .start + .milliseconds(590)))
        scenario.downlink.append(Partition(from: .start + .milliseconds(590)))
        return Simulation(scenario)
    }

    private func distinctTimes(_ times: [Double]) -> [Double] {
        times.reduce(into: []) { distinct, time in
            if distinct.last != time { distinct.append(time) }
        }
    }
}
