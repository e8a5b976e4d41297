import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9000 §13.2: when the receiver acknowledges, and what.
@Suite struct AcknowledgementTests {
    /// When the server's acknowledgements of the burst leave, in ms after the burst arrives there.
    private func times(_ scenario: Scenario, for span: TimeSpan = .seconds(1)) -> [Double] {
        let simulation = Simulation(scenario)
        simulation.run(for: span)
        #expect(simulation.violation == nil, "\(simulation.report)")
        return simulation.packets(fromClient: false)
            .filter { $0.packet.ackRanges != nil && $0.time.sinceBurst > 40 }
            .map { $0.time.sinceBurst - 50 }
    }

    private func single(_ delays: [UInt64]) -> Scenario {
        var scenario = BurstScenario.make(bytes: 100)
        scenario.client.writes = delays.map { .init(after: .milliseconds(500 + $0), 100) }
        return scenario
    }

    @Test func `every second packet is acknowledged at once and a single one within 25 ms`() {
        let times = times(single([0, 2, 4]))

        #expect(times.count == 2)
        #expect(abs(times[0] - 2) < 1)
        #expect(times[1] > 4 && times[1] <= 30)
    }

    @Test func `a gap is acknowledged at once`() {
        var scenario = single([0, 2, 30, 32, 60])
        scenario.uplink.append(Drop(streamPackets: [3]))

        #expect(times(scenario).contains { abs($0 - 32) < 1 })
    }

    @Test func `a filled gap is acknowledged at once`() {
        var scenario = single([0, 2, 30, 32])
        scenario.uplink.append(
            Reorder(by: .milliseconds(10)) {
                ObservedPacket($0.bytes)?.streamRange?.lowerBound == 200
            })

        #expect(times(scenario).contains { abs($0 - 40) < 1 })
    }

    @Test func `the end of the stream is acknowledged at once`() {
        var scenario = single([0])
        scenario.client.finishes = true

        #expect(times(scenario).first.map { abs($0) < 1 } ?? false)
    }

    @Test func `a train is acknowledged once`() throws {
        var scenario = BurstScenario.make(packets: 10)
        scenario.coalescesTrains = true

        #expect(times(scenario).count == 1)
    }

    @Test func `acknowledgements list the newest range first`() throws {
        var scenario = BurstScenario.make(packets: 8)
        scenario.uplink.append(Drop(streamPackets: [1, 4, 6, 7]))
        let simulation = Simulation(scenario)
        simulation.run(until: .start + BurstScenario.writeTime + .milliseconds(60))

        let sent = simulation.streamPackets().map(\.packet.number)
        let ranges = try #require(simulation.packets(fromClient: false).last?.packet.ackRanges)
        #expect(ranges.prefix(3) == [sent[7]...sent[7], sent[4]...sent[4], sent[1]...sent[2]])
    }

    @Test func `a receiver with hundreds of gaps reports the newest and gets everything`() throws {
        var scenario = BurstScenario.make(bytes: 3_000_000)
        let odd = Counter()
        scenario.uplink.append(
            Drop { datagram, now in
                now.sinceStart > .milliseconds(1000) && now.sinceStart < .milliseconds(1300)
                    && odd.next() % 2 == 0 && !datagram.bytes.isEmpty
            })
        let simulation = Simulation(scenario)
        simulation.run(for: .seconds(60))

        let counts = simulation.packets(fromClient: false).compactMap(\.packet.ackRanges?.count)
        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(counts.max().map { $0 > 20 && $0 <= 64 } ?? false)
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 3_000_000)
    }

    @Test func `nothing is acknowledged for ever`() throws {
        let simulation = Simulation(BurstScenario.make(packets: 10))
        simulation.run(until: .start + .seconds(2))
        let before = simulation.captured.count

        simulation.run(for: .seconds(7))

        #expect(simulation.captured.count == before)
    }

    @Test func `a side that only acknowledges asks now and then for an acknowledgement`() throws {
        let simulation = Simulation(BurstScenario.make(bytes: 2_000_000))
        simulation.run(for: .seconds(20))

        let sent = simulation.packets(fromClient: false).filter { $0.time.sinceBurst > 100 }
        let pings = sent.count { $0.packet.contains(.ping) }
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 2_000_000)
        #expect(pings > 0)
        #expect(pings < sent.count / 10)
        #expect(sent.allSatisfy { ($0.packet.ackRanges?.count ?? 0) <= 4 })
    }
}
