import SUDPProtocol
import SUDPSimulator
import Testing

/// Random networks and applications: every seed ends in exact data or a clean, reported close.
///
/// SUDP_SEEDS=n sweeps n seeds, SUDP_SEED=n runs only that one, SUDP_TRACE=1 prints what happens.
@Suite struct SeedSweepTests {
    private static let batchCount: UInt64 = 8

    @Test(arguments: 0..<batchCount)
    func `every seed ends in exact data or a reported close`(batch: UInt64) {
        let seeds =
            TestEnvironment.onlySeed.map { $0...$0 } ?? 1...(TestEnvironment.seedCount ?? 500)
        var runs = 0
        var completions = 0
        for seed in seeds where seed % Self.batchCount == batch {
            let simulation = Simulation(RandomScenario.make(seed: seed))
            let isOver = simulation.runToEnd(within: .seconds(7200))
            runs += 1
            completions += simulation.isComplete ? 1 : 0
            if TestEnvironment.isTracing { print(simulation.report) }
            guard isOver, simulation.violation == nil else {
                Issue.record("SUDP_SEED=\(seed): \(simulation.report)")
                return
            }
        }
        #expect(completions * 4 >= runs * 3, "\(completions) of \(runs) complete")
    }

    @Test(arguments: 0..<batchCount)
    func `every seed of a tolerable network ends in exact data`(batch: UInt64) {
        let seeds =
            TestEnvironment.onlySeed.map { $0...$0 } ?? 1...(TestEnvironment.seedCount ?? 500)
        for seed in seeds where seed % Self.batchCount == batch {
            let simulation = Simulation(RandomScenario.make(seed: seed, isTolerable: true))
            simulation.runToEnd(within: .seconds(7200))
            guard simulation.isComplete, simulation.violation == nil else {
                Issue.record("SUDP_SEED=\(seed): \(simulation.report)")
                return
            }
        }
    }
}
