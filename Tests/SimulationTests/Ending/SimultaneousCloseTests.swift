import SUDPProtocol
import SUDPSimulator
import Testing

@Suite struct SimultaneousCloseTests {
    @Test func `both sides that finish at once end well`() throws {
        var scenario = Scenario(.plaintext)
        scenario.client.writes = [.init(after: .milliseconds(450), 5000)]
        scenario.server.writes = [.init(after: .milliseconds(500), 7000)]
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        #expect(simulation.client?.application.bytesRead == 7000)
        #expect(simulation.accepted?.application.bytesRead == 5000)
    }

    @Test func `aborts that cross tell each side its own or the other one`() throws {
        var scenario = Scenario(.plaintext)
        scenario.client.finishes = false
        scenario.server.finishes = false
        let simulation = Simulation(scenario)
        simulation.perform(at: .start + .seconds(1)) { simulation in
            for (code, connection) in zip(UInt64(3)..., simulation.allConnections) {
                simulation.withCore(of: connection) {
                    $0.close(code: code, reason: "enough", now: .start + .seconds(1))
                }
            }
        }

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.client?.closeReason == .closedLocally(.application(3), reason: "enough"))
        #expect(
            simulation.accepted?.closeReason == .closedLocally(.application(4), reason: "enough"))
    }
}
