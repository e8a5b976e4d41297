import Foundation
import SUDPTransport
import Testing

@testable import SUDPServices

/// Load that comes from files and goes to files, by this transport and by TCP.
@Suite struct BenchFileTests {
    private static let variants = [
        BenchVariant(name: "sudp", way: .sudp), BenchVariant(name: "tcp", way: .tcp),
    ]

    private func plan(_ change: (inout BenchPlan) -> Void) -> BenchPlan {
        var plan = BenchPlan()
        plan.duration = .milliseconds(100)
        plan.variants = Self.variants
        change(&plan)
        return plan
    }

    private func withPath(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    @Test(arguments: [1, 3_000_001])
    func `a file is uploaded whole both ways, and read for each`(byteCount: Int) async throws {
        let rig = try await BenchRig()
        try await withPath { path in
            try Data(repeating: 7, count: byteCount).write(to: URL(filePath: path))
            let plan = plan { plan in
                plan.directions = [.upload]
                plan.file = path
            }
            let (report, failure) = await BenchClient(rig.target, plan).run()
            #expect(failure == nil && report.isComplete)
            #expect(report.visits.map(\.variant) == ["sudp", "tcp"])
            for phase in report.visits.compactMap(\.phases.last) {
                #expect(phase.disk?.byteCount == UInt64(byteCount))
                let taken = try #require(phase.figures.first?.receiver?.bytesRead)
                // What announced the load may be counted.
                #expect((UInt64(byteCount)..<UInt64(byteCount) + 200).contains(taken))
            }
        }
        await rig.stop()
    }

    @Test func `a download by TCP is written whole, and nothing of it stays`() async throws {
        let rig = try await BenchRig()
        try await withPath { path in
            let plan = plan { plan in
                plan.directions = [.download]
                plan.byteCount = 3_000_001
                plan.sink = path
            }
            let (report, failure) = await BenchClient(rig.target, plan).run()
            #expect(failure == nil && report.isComplete)
            let disks = report.visits.compactMap { $0.phases.last?.disk?.byteCount }
            #expect(disks == [3_000_001, 3_000_001])
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        await rig.stop()
    }

    @Test(arguments: variants)
    func `a file larger than the client may move is not told as uploaded`(
        variant: BenchVariant
    ) async throws {
        let rig = try await BenchRig { $0.byteLimit = 100_000 }
        try await withPath { path in
            try Data(repeating: 7, count: 100_001).write(to: URL(filePath: path))
            let plan = plan { plan in
                plan.directions = [.upload]
                plan.file = path
                plan.variants = [variant]
            }
            let (report, failure) = await BenchClient(rig.target, plan).run()
            guard case .endedEarly(let reason) = failure as? BenchFailure else {
                Issue.record("ended with \(String(describing: failure))")
                return
            }
            #expect(peerCode(reason) == BenchCode.bytesOver.rawValue && !report.isComplete)
        }
        await rig.stop()
    }

    @Test(arguments: variants)
    func `a download that the disk does not take is told`(variant: BenchVariant) async throws {
        let rig = try await BenchRig()
        let plan = plan { plan in
            plan.directions = [.download]
            plan.sink = "/nowhere/new"
            plan.variants = [variant]
        }
        let (report, failure) = await BenchClient(rig.target, plan).run()
        guard case .cannotWrite = failure as? FileFailure else {
            Issue.record("ended with \(String(describing: failure))")
            return
        }
        #expect(!report.isComplete)
        await rig.stop()
    }
}
