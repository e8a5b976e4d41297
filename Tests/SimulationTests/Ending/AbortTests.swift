import SUDPProtocol
import SUDPSimulator
import Testing

/// An end that is not an agreed one is an error on both sides, never the end of a stream.
@Suite struct AbortTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a close with unread data is an error at the peer`(mode: SecurityMode) throws {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 100_000)
        scenario.server.reading = .never
        scenario.server.finishes = false
        let simulation = Simulation(scenario)
        close(simulation, at: .seconds(2)) { $0.accepted }

        #expect(simulation.runToEnd(), "\(simulation.report)")

        let expected = CloseReason.closedByPeer(.application(7), reason: "not wanted")
        #expect(simulation.client?.closeReason == expected)
        #expect(simulation.client?.application.endReadAt == nil)
        let own = CloseReason.closedLocally(.application(7), reason: "not wanted")
        #expect(simulation.accepted?.closeReason == own)
    }

    @Test func `a close in the middle of a stream shows the reader no end`() throws {
        var scenario = Scenario(.secure)
        scenario.client = ApplicationScript(sends: 10_000_000)
        let simulation = Simulation(scenario)
        close(simulation, at: .seconds(1)) { $0.client }

        #expect(simulation.runToEnd(), "\(simulation.report)")

        let server = try #require(simulation.accepted)
        #expect(server.closeReason == .closedByPeer(.application(7), reason: "not wanted"))
        #expect(server.application.endReadAt == nil)
        #expect(server.application.bytesRead < 10_000_000)
    }

    @Test func `a close with code 0 before everything is consumed is an error`() throws {
        var scenario = Scenario(.secure)
        scenario.client = ApplicationScript(sends: 10_000)
        scenario.server.consumesAfter = nil
        let simulation = Simulation(scenario)
        close(simulation, at: .seconds(2), code: 0) { $0.accepted }

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(
            simulation.client?.closeReason == .closedByPeer(.application(0), reason: "not wanted"))
    }

    @Test func `a lost close leaves the peer to notice the silence`() throws {
        var scenario = Scenario(.secure)
        scenario.client = ApplicationScript(sends: 10_000)
        scenario.server.reading = .never
        scenario.downlink.append(Partition(from: .start + .milliseconds(1999)))
        let simulation = Simulation(scenario)
        close(simulation, at: .seconds(2)) { $0.accepted }

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.client?.closeReason == .peerLost(silentSeconds: 30))
    }

    @Test func `a reset ends one direction with its code`() throws {
        var scenario = Scenario(.plaintext)
        scenario.client.writes = [.init(after: .zero, 5_000_000)]
        scenario.client.finishes = false
        scenario.server = ApplicationScript(sends: 20_000)
        let simulation = Simulation(scenario)
        simulation.perform(at: .start + .seconds(1)) { simulation in
            guard let client = simulation.client else { return }
            simulation.withCore(of: client) { $0.reset(code: 9, now: .start + .seconds(1)) }
        }

        simulation.run(for: .seconds(10))

        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(simulation.accepted?.application.resetCode == 9)
        #expect(simulation.accepted?.application.endReadAt == nil)
        #expect(simulation.client?.application.bytesRead == 20_000)
    }

    @Test func `a reader that stops tells the writer its code`() throws {
        var scenario = Scenario(.plaintext)
        scenario.client = ApplicationScript(sends: 5_000_000)
        let simulation = Simulation(scenario)
        simulation.perform(at: .start + .seconds(1)) { simulation in
            guard let server = simulation.accepted else { return }
            simulation.withCore(of: server) { $0.stopReading(code: 11, now: .start + .seconds(1)) }
        }

        simulation.run(for: .seconds(10))

        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(simulation.client?.application.stopCode == 11)
        #expect(simulation.client?.isComplete == false)
    }

    private func close(
        _ simulation: Simulation, at span: TimeSpan, code: UInt64 = 7,
        _ pick: @escaping (Simulation) -> SimulatedConnection?
    ) {
        simulation.perform(at: .start + span) { simulation in
            guard let connection = pick(simulation) else { return }
            simulation.withCore(of: connection) {
                $0.close(code: code, reason: "not wanted", now: .start + span)
            }
        }
    }
}
