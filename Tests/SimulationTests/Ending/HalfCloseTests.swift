import SUDPProtocol
import SUDPSimulator
import Testing

@Suite struct HalfCloseTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `ten megabytes arrive after the own direction was finished`(mode: SecurityMode) throws {
        var scenario = Scenario(mode, roundTrip: .milliseconds(10))
        scenario.client = ApplicationScript(sends: 100)
        scenario.server = ApplicationScript(sends: 0)
        scenario.server.writes = [.init(after: .seconds(1), 10_000_000)]
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        #expect(simulation.client?.application.bytesRead == 10_000_000)
        #expect(simulation.accepted?.application.bytesRead == 100)
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `an echo returns everything and both ends are confirmed`(mode: SecurityMode) throws {
        var scenario = Scenario(mode, roundTrip: .milliseconds(10))
        scenario.client = ApplicationScript(sends: 3_000_000)
        scenario.server = .echo
        let simulation = Simulation(scenario)

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.isComplete, "\(simulation.report)")
        #expect(simulation.client?.application.bytesRead == 3_000_000)
    }
}
