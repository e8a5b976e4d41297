import Foundation
import Testing

@testable import SUDPServices

@Suite struct ProcessorClockTests {
    @Test(arguments: [
        ("cpu MHz\t\t: 2300.000\n", 2_300_000_000), ("cpu MHz : 800.5", 800_500_000),
        ("a\ncpu MHz: 800\nb: c\n\ncpu MHz: 3200\ncpu MHz: 900\n", 3_200_000_000),
        ("", 0), ("cpu MHz", 0), ("cpu MHz:", 0), ("cpu MHz: \n1", 0), ("cpu MHz: 1 2", 0),
        ("cpu MHz: 1: 2", 0), ("cpu MHz: x", 0), ("cpu MHz: -1", 0), ("cpu MHz: 0", 0),
        ("cpu MHz: nan", 0), ("cpu MHz: inf", 0), ("cpu MHz: 1e300", 0), ("my cpu MHz: 1", 0),
        ("cpu MHz dynamic : 5208", 0), ("clock : 3425MHz", 0),
    ])
    func `the rate is the highest that the kernel tells`(text: String, hertz: UInt64) {
        #expect(ProcessorClock.hertz(in: text) == hertz)
    }

    @Test func `both ends tell the rate where the kernel does`() async throws {
        let isTold = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8).contains(
            /cpu MHz\s*: [1-9]/)
        #expect((ProcessUsage.now().clockRate > 0) == isTold)
        let rig = try await BenchRig()
        let statistics = try #require(await rig.visit().statistics(group: 0))
        #expect((statistics.clockRate > 0) == isTold)
        await rig.stop()
    }
}
