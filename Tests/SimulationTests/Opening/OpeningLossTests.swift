import SUDPProtocol
import SUDPSimulator
import Testing

@Suite struct OpeningLossTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `an opening that nobody answers is given up after sixty seconds`(
        mode: SecurityMode
    ) throws {
        var scenario = Scenario(mode)
        scenario.uplink = [Partition(from: .start)]
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(within: .seconds(100)), "\(simulation.report)")

        let client = try #require(simulation.client)
        let end = try #require(client.time(of: .closed(.handshakeTimedOut(heardFromPeer: false))))
        let times = simulation.captured.map(\.sinceStart.seconds)
        let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
        #expect(end.sinceStart == .seconds(60))
        #expect(times.count >= 18 && times.count <= 24)
        #expect(gaps.allSatisfy { $0 > 0.99 && $0 < 3.01 })
        #expect(simulation.captured.allSatisfy { $0.byteCount >= 1200 })
    }

    @Test func `a lost first packet costs one probe timeout`() throws {
        var scenario = Scenario(.secure)
        scenario.uplink.append(DropMask(0b1))
        let simulation = Simulation(scenario)

        #expect(simulation.run { $0.client?.time(of: .established) != nil })

        let established = try #require(simulation.client?.time(of: .established))
        #expect(abs(established.sinceStart.milliseconds - 1099) < 2)
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a server repeats its answer with the same connection ID`(mode: SecurityMode) throws {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 1000)
        scenario.downlink.append(DropMask(0b111))
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        #expect(simulation.server.connections.count == 1)
        let answers = simulation.captured.filter { !$0.isFromClient && $0.datagram.isLong }
        let identifiers = Set(answers.compactMap { InvariantHeader($0.datagram.bytes)?.source })
        #expect(answers.count >= 4)
        #expect(identifiers.count == 1)
        let established = try #require(simulation.client?.time(of: .established))
        #expect(established.sinceStart < .seconds(8))
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `data completes an opening whose last acknowledgement was lost`(
        mode: SecurityMode
    ) throws {
        var scenario = Scenario(mode)
        scenario.client.writes = [.init(after: .milliseconds(100), 20_000)]
        scenario.uplink.append(DropMask(0b10))
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        #expect(simulation.accepted?.application.bytesRead == 20_000)
        let established = try #require(simulation.accepted?.time(of: .established))
        #expect(established.sinceStart < .milliseconds(1000))
    }

    @Test func `acknowledged probes of a client still back off`() throws {
        var scenario = Scenario(.secure)
        scenario.capturesDatagrams = true
        // The server's acknowledgements arrive, its handshake bytes do not.
        scenario.downlink.append(
            Drop { datagram, now in
                datagram.isLong && datagram.bytes.count > 200 && now.sinceStart < .seconds(20)
            })
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(20))
        let probes = simulation.captured.count { $0.isFromClient }
        simulation.run(for: .seconds(4))

        #expect(probes <= 25)
        #expect(simulation.client?.time(of: .established) != nil, "\(simulation.report)")
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a connection on which nobody speaks opens on both sides`(mode: SecurityMode) throws {
        var scenario = Scenario(mode)
        scenario.client.finishes = false
        scenario.server.finishes = false
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(2))

        #expect(simulation.client?.time(of: .established) != nil)
        #expect(simulation.accepted?.time(of: .established) != nil)
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `fifty clients open and finish through thirty percent loss`(mode: SecurityMode) {
        var scenario = Scenario(mode, roundTrip: .milliseconds(30))
        scenario.clientCount = 50
        scenario.clientSpacing = .milliseconds(50)
        scenario.client = ApplicationScript(sends: 20_000)
        scenario.server = .echo
        scenario.uplink.append(Loss(0.3))
        scenario.downlink.append(Loss(0.3))
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
    }
}
