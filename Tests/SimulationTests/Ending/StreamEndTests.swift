import SUDPProtocol
import SUDPSimulator
import Testing

@Suite struct StreamEndTests {
    @Test func `a lost end of the stream is sent again`() throws {
        try expectCompletion(losing: Drop(first: 1) { $0.isFinal })
    }

    @Test func `the lost end and the lost last data are sent again`() throws {
        try expectCompletion(losing: Drop(first: 3) { ($0.streamRange?.upperBound ?? 0) > 5000 })
    }

    @Test func `an end that overtakes its data waits for it`() throws {
        var scenario = BurstScenario.make(packets: 5)
        scenario.client.finishes = true
        scenario.server.finishes = true
        scenario.uplink.append(
            Reorder(by: .milliseconds(80)) { datagram in
                ObservedPacket(datagram.bytes).map { $0.streamRange != nil && !$0.isFinal } ?? false
            })
        let simulation = Simulation(scenario)

        simulation.run(until: .start + BurstScenario.writeTime + .milliseconds(100))
        #expect(simulation.accepted?.application.bytesRead == 0)
        #expect(simulation.accepted?.application.endReadAt == nil)

        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.isComplete, "\(simulation.report)")
    }

    @Test func `a repeated end changes nothing`() throws {
        try expectCompletion(losing: Duplicate(1, within: .milliseconds(300)))
    }

    @Test func `an end at a closed window is accepted`() throws {
        var scenario = BurstScenario.make(bytes: 12_000)
        scenario.client.finishes = true
        scenario.server.finishes = true
        scenario.serverConfiguration.initialReceiveWindow = 12_000
        scenario.serverConfiguration.maximumReceiveWindow = 12_000
        scenario.server.reading = .notBefore(.start + .seconds(5))
        let simulation = Simulation(scenario)

        simulation.run(until: .start + .seconds(4))
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 12_000)
        #expect(simulation.client?.statistics.bytesInFlight == 0)

        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.isComplete, "\(simulation.report)")
    }

    @Test func `a reader that stalls for twenty seconds gets everything`() throws {
        var scenario = Scenario(.secure, roundTrip: .milliseconds(20))
        scenario.client = ApplicationScript(sends: 6_000_000)
        scenario.server.reading = .notBefore(.start + .seconds(20))
        scenario.server.consumesAfter = .seconds(3)
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        let done = try #require(simulation.client?.time(of: .closed(.complete)))
        #expect(done.sinceStart > .seconds(23))
    }

    @Test func `a slow reader is never sent more than its window`() throws {
        var scenario = Scenario(.plaintext, roundTrip: .milliseconds(20))
        scenario.client = ApplicationScript(sends: 2_000_000)
        scenario.server.reading = .rate(bytesPerSecond: 200_000)
        scenario.serverConfiguration.initialReceiveWindow = 100_000
        scenario.serverConfiguration.maximumReceiveWindow = 100_000
        let simulation = Simulation(scenario)
        var mostWaiting: UInt64 = 0
        simulation.observer = { simulation, _ in
            guard let statistics = simulation.accepted?.statistics else { return }
            let waiting = statistics.streamBytesReceived - statistics.streamBytesRead
            mostWaiting = max(mostWaiting, waiting)
        }

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        #expect(mostWaiting <= 100_000)
    }

    private func expectCompletion(losing element: any NetworkElement) throws {
        var scenario = BurstScenario.make(packets: 5)
        scenario.client.finishes = true
        scenario.server.finishes = true
        scenario.uplink.append(element)
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        let read = simulation.accepted?.application.bytesRead
        #expect(read == BurstScenario.byteCount(packets: 5))
        let end = try #require(simulation.accepted?.application.endReadAt)
        #expect(end.sinceBurst < 1500)
    }
}
