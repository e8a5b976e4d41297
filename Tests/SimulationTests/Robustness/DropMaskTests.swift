import SUDPProtocol
import SUDPSimulator
import Testing

/// Every way to lose some of the first eight packets of each side ends in exact data.
///
/// A sample by default; all 65,536 masks with SUDP_EXHAUSTIVE=1.
@Suite struct DropMaskTests {
    private static let batchCount: UInt64 = 16

    @Test(arguments: [SecurityMode.plaintext, .secure], 0..<batchCount)
    func `any loss among the first packets is survived`(mode: SecurityMode, batch: UInt64) {
        let count: UInt64 = TestEnvironment.isExhaustive ? 65_536 : 4096
        for index in stride(from: batch, to: count, by: UInt64.Stride(Self.batchCount)) {
            // An odd factor: distinct indices make distinct masks of all shapes.
            let mask = index &* 0x9e37 & 0xffff
            let simulation = run(mode, mask: mask)
            guard simulation.isComplete, simulation.violation == nil else {
                Issue.record("mask \(String(mask, radix: 16)): \(simulation.report)")
                return
            }
        }
    }

    /// A server's flight is lost again and again while its short acknowledgements arrive.
    @Test(arguments: [SecurityMode.plaintext, .secure], [0xfffe, 0x7ffe, 0xfefe] as [UInt64])
    func `a flight that is lost for thirty seconds is survived`(mode: SecurityMode, mask: UInt64) {
        let simulation = run(mode, mask: mask)

        #expect(simulation.isComplete, "\(simulation.report)")
    }

    private func run(_ mode: SecurityMode, mask: UInt64) -> Simulation {
        var scenario = Scenario(mode, roundTrip: .milliseconds(50))
        scenario.client = ApplicationScript(sends: 3000)
        scenario.server = ApplicationScript(sends: 3000)
        scenario.uplink.append(DropMask(mask & 0xff))
        scenario.downlink.append(DropMask(mask >> 8))
        let simulation = Simulation(scenario)
        simulation.runToEnd(within: .seconds(120))
        return simulation
    }
}
