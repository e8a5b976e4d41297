import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9000 §10.3.
@Suite struct StatelessResetTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a server that restarted tells its client that the connection is gone`(
        mode: SecurityMode
    ) throws {
        let simulation = running(mode)
        simulation.restartServer()
        let restart = simulation.now

        simulation.run(for: .seconds(5))

        #expect(simulation.client?.closeReason == .stateLost, "\(simulation.report)")
        let end = try #require(simulation.client?.time(of: .closed(.stateLost)))
        #expect((end - restart).milliseconds < 1000)
    }

    @Test func `a reset with a wrong token is ignored`() throws {
        let simulation = running(.secure)
        var random = SeededRandom(seed: 5)
        for length in 21...41 {
            var bytes = random.bytes(length)
            bytes[0] = bytes[0] & 0x3f | 0x40
            simulation.injectToClient(bytes)
        }

        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.isComplete, "\(simulation.report)")
    }

    @Test func `resets do not answer resets for ever`() {
        let simulation = running(.secure)
        simulation.restartServer()
        simulation.run(for: .seconds(60))

        #expect(simulation.captured.filter { $0.sinceStart > .seconds(30) }.isEmpty)
    }

    private func running(_ mode: SecurityMode) -> Simulation {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 2_000_000)
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        simulation.run(for: .milliseconds(600))
        return simulation
    }
}
