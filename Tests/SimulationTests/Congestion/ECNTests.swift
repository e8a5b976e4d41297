import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9000 §13.4: ECN bits are used where the path carries them, and trusted no further.
@Suite struct ECNTests {
    private func run(_ treatment: ECNPath.Treatment?) throws -> (Simulation, [ECNCodepoint]) {
        var scenario = Scenario(.plaintext)
        scenario.client = ApplicationScript(sends: 2_000_000)
        scenario.capturesDatagrams = true
        if let treatment { scenario.uplink.append(ECNPath(treatment)) }
        let simulation = Simulation(scenario)
        simulation.runToEnd()
        #expect(simulation.isComplete, "\(simulation.report)")
        let sent = simulation.captured.filter { $0.isFromClient && !$0.datagram.isLong }
        return (simulation, sent.map(\.datagram.ecn))
    }

    @Test func `a path that carries the bits is used with them`() throws {
        let (simulation, bits) = try run(nil)
        #expect(bits.count { $0 == .ect0 } >= bits.count - 20)
        #expect(simulation.client?.statistics.congestionEvents == 0)
        #expect(simulation.client?.statistics.ecn == .used)
    }

    @Test func `on a path that clears the bits only a few packets have them`() throws {
        let (simulation, bits) = try run(.bleaches)
        #expect(simulation.client?.statistics.ecn == .failed)
        #expect((1...20).contains(bits.count { $0 == .ect0 }))
    }

    @Test func `a path that loses what has the bits costs one flight`() throws {
        let (simulation, bits) = try run(.drops)
        #expect(bits.count { $0 == .ect0 } <= 20)
        #expect((simulation.client?.statistics.probeTimeouts ?? .max) <= 2)
    }

    @Test(arguments: CongestionControl.allCases)
    func `a path that marks everything is sent to slowly, but to the end`(
        control: CongestionControl
    ) throws {
        var scenario = Scenario(.plaintext)
        scenario.client = ApplicationScript(sends: 500_000)
        scenario.clientConfiguration.congestionControl = control
        scenario.uplink.append(ECNPath(.marksAll))
        let simulation = Simulation(scenario)
        simulation.runToEnd()
        #expect(simulation.isComplete, "\(simulation.report)")
        #expect(simulation.client?.statistics.packetsLost == 0)
        let marks = simulation.client?.statistics.ecnMarks ?? 0
        #expect(marks >= 8 && marks <= simulation.client?.statistics.packetsSent ?? 0)
    }
}
