import SUDPProtocol
import SUDPSimulator
import Testing

/// The loss of any packet of the closing exchange leaves both sides with the right end.
@Suite struct ClosingExchangeTests {
    private static let tail = 8

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `the loss of any one or two of the last packets changes nothing`(mode: SecurityMode) {
        let clean = run(mode, up: [], down: [])
        #expect(clean.isComplete, "\(clean.report)")
        let up = clean.captured.count { $0.isFromClient }
        let down = clean.captured.count - up
        for first in 0...Self.tail {
            for second in 0...Self.tail {
                let simulation = run(mode, up: [up - first], down: [down - second])
                #expect(
                    simulation.isComplete,
                    "up \(first) and down \(second) from the end: \(simulation.report)")
            }
        }
    }

    @Test(arguments: [SecurityMode.plaintext, .secure], 1...tail)
    func `the loss of the end of everything one side says is survived`(
        mode: SecurityMode, count: Int
    ) {
        let clean = run(mode, up: [], down: [])
        let up = clean.captured.count { $0.isFromClient }
        let down = clean.captured.count - up

        let withoutUp = run(mode, up: Set((up - count)..<up), down: [])
        let withoutDown = run(mode, up: [], down: Set((down - count)..<down))

        #expect(withoutUp.isComplete, "\(withoutUp.report)")
        #expect(withoutDown.isComplete, "\(withoutDown.report)")
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a peer that falls silent after its data is confirmed ends the linger well`(
        mode: SecurityMode
    ) throws {
        var scenario = scenario(mode)
        scenario.downlink.append(Partition(from: .start + .milliseconds(700)))
        let simulation = Simulation(scenario)

        simulation.runToEnd()

        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(simulation.client?.closeReason != nil)
    }

    /// Both sides say something; the client's application takes a while to consume it.
    private func scenario(_ mode: SecurityMode) -> Scenario {
        var scenario = Scenario(mode, roundTrip: .milliseconds(50))
        scenario.client = ApplicationScript(sends: 4000)
        scenario.client.consumesAfter = .milliseconds(200)
        scenario.server = ApplicationScript(sends: 2000)
        scenario.capturesDatagrams = true
        return scenario
    }

    private func run(_ mode: SecurityMode, up: Set<Int>, down: Set<Int>) -> Simulation {
        var scenario = scenario(mode)
        scenario.uplink.append(Drop(numbers: up))
        scenario.downlink.append(Drop(numbers: down))
        let simulation = Simulation(scenario)
        simulation.runToEnd()
        return simulation
    }
}
