import Foundation
import Testing

/// The same seed makes the same trace, also in another process, whose hashes are seeded otherwise.
@Suite struct DeterminismTests {
    @Test func `a seed makes the same trace twice`() {
        #expect(TraceDigestWriter.digests() == TraceDigestWriter.digests())
    }

    @Test func `a seed makes the same trace in another process`() throws {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("sudp-digests-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["--testing-library", "swift-testing", "--filter", "TraceDigestWriter"]
        process.environment = ProcessInfo.processInfo.environment
            .merging([TraceDigestWriter.outputVariable: file.path]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice

        try process.run()
        process.waitUntilExit()

        #expect(process.terminationStatus == 0)
        let digests = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(digests.map(String.init) == TraceDigestWriter.digests())
        #expect(Set(digests.map { $0.split(separator: " ").last }).count == digests.count)
    }
}
