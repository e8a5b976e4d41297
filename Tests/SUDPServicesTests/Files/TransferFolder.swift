import Foundation
import Glibc
import SUDPTransport

@testable import SUDPServices

/// A folder with a source and a destination that is removed with its last user.
final class TransferFolder: Sendable {
    let root: URL
    var source: URL { root.appending(path: "source") }
    var inbox: URL { root.appending(path: "inbox") }

    /// Makes the folder; in memory where very many files come and go.
    init(inMemory: Bool = false) throws {
        let memory = URL(filePath: "/dev/shm")
        let isThere = access(memory.path, W_OK) == 0
        let parent = inMemory && isThere ? memory : FileManager.default.temporaryDirectory
        root = parent.appending(path: "sudp-\(UUID().uuidString)")
        for folder in [source, inbox] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func write(_ bytes: [UInt8], to path: String) throws {
        let url = root.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func bytes(_ path: String) -> [UInt8]? {
        (try? Data(contentsOf: root.appending(path: path))).map(Array.init)
    }

    /// Everything in the destination, hidden or not, sorted.
    var stored: [String] {
        (FileManager.default.enumerator(atPath: inbox.path)?.allObjects as? [String] ?? []).sorted()
    }

    /// Everything in the folder but for the destination's content.
    var outside: [String] {
        let all = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
        return all.filter { !$0.hasPrefix("inbox/") }.sorted()
    }

    func receiver(_ change: (inout ReceiveOptions) -> Void = { _ in }) throws -> FileReceiver {
        var options = ReceiveOptions(.directory(try ReceiveDirectory(inbox.path)))
        change(&options)
        return FileReceiver(options)
    }

    /// Receives from a pair's client, whatever comes of it.
    func serve(
        _ pair: LoopbackPair, _ change: (inout ReceiveOptions) -> Void = { _ in }
    ) throws -> Task<(any Error)?, Never> {
        let receiver = try receiver(change)
        return Task {
            do { try await receiver.serve(pair.server) { _ in } } catch { return error }
            return nil
        }
    }

    /// Sends sources of the folder over a pair.
    func send(
        _ sources: [String], _ pair: LoopbackPair, options: SendOptions = SendOptions()
    ) async throws {
        let plan = try SendPlan(sources: sources.map { root.appending(path: $0).path })
        try await FileSender(connection: pair.client, plan: plan, options: options).run()
    }
}
