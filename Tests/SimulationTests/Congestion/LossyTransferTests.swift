import SUDPProtocol
import SUDPSimulator
import Testing

/// Files over the link that QUIC's interoperability runner uses: 10 Mbit/s, 30 ms, 25 packets.
@Suite struct LossyTransferTests {
    private func scenario(bytes: UInt64, roundTrip: TimeSpan = .milliseconds(30)) -> Scenario {
        var scenario = Scenario(.secure, roundTrip: roundTrip)
        scenario.client = ApplicationScript(sends: bytes)
        scenario.uplink.insert(
            RateLimit(bytesPerSecond: 1_250_000, queueLimit: 25 * 1500), at: 0)
        scenario.downlink.insert(
            RateLimit(bytesPerSecond: 1_250_000, queueLimit: 25 * 1500), at: 0)
        return scenario
    }

    /// How many bytes have to arrive within how many seconds, at what loss both ways.
    private static let limits: [(UInt64, Double, UInt64)] = [
        (10_000_000, 0.02, 12), (10_000_000, 0.05, 20), (10_000_000, 0.1, 60),
        (2_000_000, 0.3, 120),
    ]

    @Test(arguments: limits)
    func `a transfer that loses packets both ways ends in time`(
        bytes: UInt64, loss: Double, seconds: UInt64
    ) {
        expectInTime(bytes, within: seconds) { Loss(loss) }
    }

    @Test(arguments: limits)
    func `a transfer that loses packets in bursts of three both ways ends in time`(
        bytes: UInt64, loss: Double, seconds: UInt64
    ) {
        expectInTime(bytes, within: seconds) {
            BurstLoss(beginning: loss / (1 - loss) / 3, ending: 1.0 / 3)
        }
    }

    private func expectInTime(
        _ bytes: UInt64, within seconds: UInt64, losing element: () -> any NetworkElement
    ) {
        var scenario = scenario(bytes: bytes)
        scenario.uplink.insert(element(), at: 0)
        scenario.downlink.insert(element(), at: 0)
        let simulation = Simulation(scenario)
        simulation.run(for: .seconds(seconds))
        #expect(simulation.accepted?.application.bytesRead == bytes, "\(simulation.report)")
    }

    @Test(arguments: CongestionControl.allCases, [1500, 10_000] as [UInt64])
    func `a long round trip is no loss`(control: CongestionControl, milliseconds: UInt64) {
        var scenario = scenario(bytes: 200_000, roundTrip: .milliseconds(milliseconds))
        scenario.clientConfiguration.congestionControl = control
        let simulation = Simulation(scenario)
        simulation.run(for: .seconds(150))
        #expect(simulation.accepted?.application.bytesRead == 200_000, "\(simulation.report)")
        #expect(simulation.client?.statistics.congestionEvents == 0)
        #expect(simulation.client?.statistics.packetsLost == 0)
    }
}
