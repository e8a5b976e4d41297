import Foundation
import SUDPProtocol
import SUDPSimulator
import Testing

/// Writes trace digests to a file when it is asked to, for comparison with another process.
@Suite struct TraceDigestWriter {
    static let outputVariable = "SUDP_DIGEST_FILE"
    static let seeds: ClosedRange<UInt64> = 1...40

    @Test(.enabled(if: ProcessInfo.processInfo.environment[outputVariable] != nil))
    func `digests are written where the environment says`() throws {
        let path = try #require(ProcessInfo.processInfo.environment[Self.outputVariable])
        try Self.digests().joined(separator: "\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// One line for each seed.
    static func digests() -> [String] {
        seeds.map { seed in
            let simulation = Simulation(RandomScenario.make(seed: seed))
            simulation.runToEnd(within: .seconds(7200))
            return "\(seed) \(String(simulation.trace.digest, radix: 16))"
        }
    }
}
