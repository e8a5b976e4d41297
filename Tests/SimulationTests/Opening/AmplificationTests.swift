import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9000 §8.1; every simulation checks the limit itself at each datagram.
@Suite struct AmplificationTests {
    @Test func `a flight beyond the limit waits for the client to prove its address`() throws {
        var scenario = largeFlight()
        scenario.client = ApplicationScript(sends: 1000)
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        let beforeAnswer = simulation.captured.filter {
            !$0.isFromClient && $0.sinceStart < .milliseconds(150)
        }
        let byteCount = beforeAnswer.reduce(0) { $0 + $1.byteCount }
        #expect(byteCount > 2400 && byteCount <= 3600)
        let established = try #require(simulation.client?.time(of: .established))
        #expect(established.sinceStart < .milliseconds(500))
    }

    @Test func `a client's probe restores the credit of a server that used it up`() throws {
        var scenario = largeFlight()
        // All that the first SYN earned is lost, and with it every acknowledgement.
        scenario.downlink.append(DropMask(0b111))
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        let probe = try #require(
            simulation.captured.first { $0.isFromClient && $0.datagram.number == 1 })
        #expect(abs(probe.sinceStart.milliseconds - 999) < 2)
        #expect(probe.byteCount >= 1200)
        #expect(simulation.server.connections.count == 1)
    }

    @Test func `a client that heard a part of the flight probes with nothing in flight`() throws {
        var scenario = largeFlight()
        // One datagram of the flight arrives; the client's acknowledgement of it is lost.
        scenario.downlink.append(DropMask(0b110))
        scenario.uplink.append(DropMask(0b10))
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        let established = try #require(simulation.client?.time(of: .established))
        #expect(established.sinceStart < .seconds(4))
    }

    @Test func `an address that never answers gets three times its bytes at most`() throws {
        var scenario = largeFlight()
        scenario.downlink = [Partition(from: .start)]
        scenario.uplink.append(Drop(numbers: Set(1..<1000)))
        let simulation = Simulation(scenario)

        simulation.runToEnd(within: .seconds(100))

        let sent = simulation.captured.filter { !$0.isFromClient }.reduce(0) { $0 + $1.byteCount }
        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(sent > 2400 && sent <= 3600)
        #expect(simulation.accepted?.closeReason == .handshakeTimedOut(heardFromPeer: true))
        #expect(simulation.server.connectionCount == 0)
    }

    private func largeFlight() -> Scenario {
        var scenario = Scenario(.secure)
        scenario.identity = .large
        scenario.capturesDatagrams = true
        return scenario
    }
}
