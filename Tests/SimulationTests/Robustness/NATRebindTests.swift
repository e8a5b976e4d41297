import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9000 §9: a NAT gives a client a new port in the middle of a stream.
@Suite struct NATRebindTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a stream survives new ports`(mode: SecurityMode) throws {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 3_000_000)
        scenario.server = ApplicationScript(sends: 1_000_000)
        scenario.uplink.append(
            NATRebind([
                (.start + .milliseconds(900), NetworkAddress(ipv4: 0x0a01_0000, port: 50_001)),
                (.start + .milliseconds(1500), NetworkAddress(ipv4: 0x0a01_0000, port: 50_002)),
            ]))
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a client that only listens is heard at a new port`(mode: SecurityMode) throws {
        var scenario = Scenario(mode)
        scenario.client.finishes = false
        scenario.server.writes = [
            .init(after: .milliseconds(500), 5000), .init(after: .milliseconds(800), 5000),
        ]
        scenario.server.finishes = false
        // The acknowledgements of the first piece are the first to come from there.
        scenario.uplink.append(
            NATRebind([
                (.start + .milliseconds(500), NetworkAddress(ipv4: 0x0a01_0000, port: 50_001))
            ]))
        let simulation = Simulation(scenario)

        simulation.run(for: .milliseconds(1500))

        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(simulation.client?.application.bytesRead == 10_000)
        #expect(simulation.accepted?.path.remote.port == 50_001)
    }

    @Test func `a packet replayed from another address does not move the connection`() throws {
        var scenario = Scenario(.secure)
        scenario.client = ApplicationScript(sends: 2_000_000)
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        let elsewhere = Simulation.strangerAddress(1)
        simulation.perform(at: .start + .milliseconds(800)) { simulation in
            for captured in simulation.captured where captured.isFromClient {
                simulation.injectToServer(captured.datagram.bytes, from: elsewhere)
            }
        }

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        #expect(simulation.accepted?.path.remote == Simulation.clientAddress(0))
    }
}
