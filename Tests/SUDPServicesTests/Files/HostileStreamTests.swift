import Foundation
import Glibc
import SUDPTransport
import Synchronization
import Testing

@testable import SUDPServices

@Suite struct HostileStreamTests {
    /// SUDP_SEEDS=N takes N streams.
    private static let count =
        ProcessInfo.processInfo.environment["SUDP_SEEDS"].flatMap(UInt64.init) ?? 25_000

    @Test func `no stream of messages leads out of the directory or into a terminal`() throws {
        var stored = 0
        for start in stride(from: 0, to: Self.count, by: 500) {
            let folder = try prepared()
            let outside = folder.outside
            for seed in start..<min(start + 500, Self.count) {
                stored += try receive(HostileStreams(seed: seed), into: folder, seed)
            }
            #expect(folder.outside == outside, "from seed \(start)")
            #expect(folder.bytes("outside/target") == [1], "from seed \(start)")
            #expect(folder.bytes("target") == [2], "from seed \(start)")
        }
        #expect(stored > Self.count / 20)
    }

    private func prepared() throws -> TransferFolder {
        let folder = try TransferFolder(inMemory: true)
        try folder.write([1], to: "outside/target")
        try folder.write([2], to: "target")
        try folder.write([3], to: "inbox/file")
        symlink("../outside", folder.inbox.path + "/link")
        symlink("../outside/new", folder.inbox.path + "/dangling")
        return folder
    }

    /// Lets a session take a stream; gives how many files it stored.
    private func receive(
        _ streams: HostileStreams, into folder: TransferFolder, _ seed: UInt64
    ) throws -> Int {
        var streams = streams
        var options = ReceiveOptions(.directory(try ReceiveDirectory(folder.inbox.path)))
        options.keepsNames = true
        let policies: [ExistingFilePolicy] = [.overwrite, .refuse, .rename, .skip, .update]
        options.existing = policies[streams.below(policies.count)]
        let words = Mutex<[String]>([])
        let stored = Atomic(0)
        let session = ReceivingSession(
            connection: ScriptedStream(streams.next()), options: options,
            progress: TransferProgress()
        ) { event in
            switch event {
            case .stored, .planned: stored.add(1, ordering: .relaxed)
            case .failed(let problem): words.withLock { $0.append("\(problem)") }
            case .leftOut: break
            }
        }
        do { try session.run() } catch { words.withLock { $0.append("\(error)") } }
        for text in words.withLock({ $0 }) {
            #expect(text.unicodeScalars.allSatisfy(Self.isPrintable), "seed \(seed): \(text)")
        }
        return stored.load(ordering: .relaxed)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        let category = scalar.properties.generalCategory
        return category != .control && category != .format && category != .lineSeparator
    }
}
