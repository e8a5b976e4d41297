import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 7661, RFC 9438 §5.8: what the application does not use is neither learned nor spent at once.
@Suite struct ApplicationLimitTests {
    /// 1200 bytes every 10 ms for four seconds over a path that could carry much more.
    private func trickle(_ control: CongestionControl) -> Scenario {
        var scenario = Scenario(.plaintext, roundTrip: .milliseconds(100))
        scenario.clientConfiguration.congestionControl = control
        scenario.client.writes = (1...400 as ClosedRange<UInt64>).map {
            .init(after: .milliseconds(10 * $0), 1100)
        }
        scenario.client.finishes = false
        scenario.server.finishes = false
        return scenario
    }

    @Test(arguments: CongestionControl.allCases)
    func `an application that sends little does not grow the window`(
        control: CongestionControl
    ) throws {
        let simulation = Simulation(trickle(control))
        simulation.run(for: .seconds(5))
        let statistics = try #require(simulation.client?.statistics)
        #expect(statistics.streamBytesAcknowledged == 440_000)
        #expect(statistics.congestionWindow <= 32 * 1200)
        #expect(statistics.packetsLost == 0)
    }

    @Test(arguments: CongestionControl.allCases)
    func `after idle time the window does not go out at once`(control: CongestionControl) throws {
        var transfer = BulkTransfer(50, .milliseconds(100))
        transfer.control = control
        var scenario = transfer.scenario
        scenario.client = ApplicationScript(sends: 4_000_000)
        scenario.client.writes.append(.init(after: .seconds(8), 2_000_000))
        scenario.client.finishes = false
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        simulation.run(for: .seconds(12))
        let after = simulation.captured.filter {
            $0.isFromClient && $0.time.sinceStart > .milliseconds(7900)
                && $0.datagram.bytes.count >= 1000
        }
        let start = try #require(after.first?.time)
        let atOnce = after.filter { $0.time - start < .milliseconds(2) }
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 6_000_000)
        // Two milliseconds of the path's rate are eleven packets; a window is 500.
        #expect(atOnce.count <= 60)
    }
}
