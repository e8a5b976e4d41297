import SUDPProtocol
import SUDPSimulator
import Testing

/// Packets that arrive after the end change nothing that was said.
@Suite struct LatePacketTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `late packets after the end open and tell nothing`(mode: SecurityMode) throws {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 30_000)
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        #expect(simulation.runToEnd(), "\(simulation.report)")
        let eventCounts = simulation.allConnections.map(\.events.count)

        let captured = simulation.captured
        for datagram in captured where datagram.datagram.number > 0 {
            if datagram.isFromClient {
                simulation.injectToServer(
                    datagram.datagram.bytes, from: Simulation.clientAddress(0))
            } else {
                simulation.injectToClient(datagram.datagram.bytes)
            }
        }
        simulation.run(for: .seconds(60))

        #expect(simulation.allConnections.map(\.events.count) == eventCounts)
        #expect(simulation.server.connectionCount == 0)
        #expect(simulation.isComplete)
        let answers = simulation.captured.dropFirst(captured.count)
        #expect(answers.allSatisfy { !$0.isFromClient && $0.byteCount <= 41 })
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a late first packet opens nothing that an application hears of`(
        mode: SecurityMode
    ) throws {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 30_000)
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        #expect(simulation.runToEnd(), "\(simulation.report)")

        let first = try #require(simulation.captured.first)
        simulation.injectToServer(first.datagram.bytes, from: Simulation.clientAddress(0))
        simulation.run(for: .seconds(60))

        #expect(simulation.server.connections.count == 2)
        let events = simulation.server.connections.last?.events.map(\.event)
        #expect(events == [.closed(.handshakeTimedOut(heardFromPeer: true))])
        #expect(simulation.server.connectionCount == 0)
    }
}
