import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 8899: the size of the path is found by probes and left when it no longer holds.
@Suite struct PathMTUTests {
    private func scenario(
        _ mode: SecurityMode, limit: Int, path: [MTU], bytes: UInt64 = 2_000_000
    ) -> Scenario {
        var scenario = Scenario(mode, roundTrip: .milliseconds(40))
        scenario.uplink += path
        scenario.client.writes = [.init(after: .zero, bytes)]
        scenario.clientConfiguration.maximumDatagramSize = limit
        return scenario
    }

    @Test(arguments: [SecurityMode.secure, .plaintext])
    func `a path of Ethernet is filled without a loss`(_ mode: SecurityMode) {
        let simulation = Simulation(scenario(mode, limit: 1472, path: [MTU(1472)]))
        simulation.run(for: .seconds(60))
        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(simulation.client?.isComplete == true)
        #expect(simulation.client?.statistics.maximumDatagramSize == 1472)
        #expect(simulation.client?.statistics.congestionEvents == 0)
        #expect(simulation.client?.statistics.packetsLost == 0)
    }

    @Test func `jumbo frames are used where they pass`() {
        let simulation = Simulation(scenario(.secure, limit: 8972, path: [MTU(8972)]))
        simulation.run(for: .seconds(60))
        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(simulation.client?.isComplete == true)
        #expect(simulation.client?.statistics.maximumDatagramSize == 8972)
    }

    @Test func `probes that a tunnel loses reduce no window`() {
        let simulation = Simulation(
            scenario(.secure, limit: 8972, path: [MTU(1392)], bytes: 20_000_000))
        simulation.run(for: .seconds(60))
        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(simulation.client?.isComplete == true)
        let size = simulation.client?.statistics.maximumDatagramSize ?? 0
        #expect((1372...1392).contains(size))
        #expect(simulation.client?.statistics.congestionEvents == 0)
    }

    @Test func `a path that shrinks goes on after three timeouts`() throws {
        let shrinks = Instant.start + .milliseconds(400)
        let simulation = Simulation(
            scenario(.secure, limit: 1472, path: [MTU(1300, from: shrinks)], bytes: 20_000_000))
        var largest = 0
        simulation.observer = { _, connection in
            guard connection.isClient else { return }
            largest = max(largest, connection.statistics.maximumDatagramSize)
        }
        simulation.run(for: .seconds(120))
        #expect(simulation.violation == nil, "\(simulation.report)")
        #expect(largest == 1472)
        #expect(simulation.client?.isComplete == true)
        let size = simulation.client?.statistics.maximumDatagramSize ?? 0
        #expect((1200...1300).contains(size))
        #expect((simulation.client?.statistics.probeTimeouts ?? 99) <= 6)
    }
}
