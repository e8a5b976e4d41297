import SUDPProtocol
import SUDPSimulator
import Testing

@Suite struct DeadPeerTests {
    @Test func `a peer that answers no more is lost after the time set`() throws {
        var scenario = BurstScenario.make(bytes: 50_000)
        scenario.clientConfiguration.deadPeerTimeout = .seconds(3)
        scenario.downlink.append(Partition(from: .start + .milliseconds(700)))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(5))

        let client = try #require(simulation.client)
        let end = try #require(client.time(of: .closed(.peerLost(silentSeconds: 3))))
        let heard = try #require(
            simulation.captured.last { !$0.isFromClient && $0.sinceStart < .milliseconds(650) })
        let silence = (end - heard.time).milliseconds - 50
        #expect(silence >= 3000 && silence <= 3400)
        #expect(client.statistics.probeTimeouts >= 2)
    }

    @Test func `an idle connection is kept alive and a dead peer is noticed`() throws {
        var scenario = BurstScenario.make(bytes: 1000)
        scenario.clientConfiguration.keepAliveInterval = .seconds(10)
        scenario.clientConfiguration.deadPeerTimeout = .seconds(30)
        scenario.serverConfiguration.keepAliveInterval = .seconds(3000)
        scenario.serverConfiguration.deadPeerTimeout = .seconds(9000)
        scenario.downlink.append(Partition(from: .start + .seconds(5)))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(60))

        let client = try #require(simulation.client)
        let heard =
            try #require(
                simulation.captured.last { !$0.isFromClient && $0.sinceStart < .seconds(5) }?.time
            ) + .milliseconds(50)
        let ping = try #require(simulation.packets(fromClient: true).first { $0.time > heard })
        let end = try #require(client.time(of: .closed(.peerLost(silentSeconds: 30))))
        #expect(abs((ping.time - heard).seconds - 10) < 0.1)
        #expect(ping.packet.contains(.ping))
        #expect(abs((end - heard).seconds - 30) < 0.1)
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `an idle connection lives for an hour while the peer answers`(mode: SecurityMode) throws {
        var scenario = Scenario(mode)
        scenario.client.writes = [.init(after: .seconds(3600), 1000)]
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(within: .seconds(4000)), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
    }

    @Test func `a reader that never consumes does not make its peer look dead`() throws {
        var scenario = Scenario(.plaintext)
        scenario.client = ApplicationScript(sends: 3_000_000)
        scenario.server.reading = .notBefore(.start + .seconds(3600))
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(within: .seconds(5000)), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
    }
}
