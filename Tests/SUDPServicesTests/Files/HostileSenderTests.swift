import Foundation
import Glibc
import SUDPTransport
import Synchronization
import Testing

@testable import SUDPServices

@Suite struct HostileSenderTests {
    private static let names = [
        "", ".", "..", "/", "//", "a/", "../x", "../../x", "a/../../x", "a/./x", "./x", "/etc/x",
        "/tmp/x", "..//x", "x/..", "a\u{0}b", "\u{0}", ".x.sudp-part", "d/.x.sudp-part",
        String(repeating: "n", count: 256), String(repeating: "../", count: 50) + "x",
        String(repeating: "a/", count: 200) + "x", String(repeating: "n/", count: 2047),
        "missing/x", "link/x", "link/../x", "dangling/x", "file/x", "file/../x",
    ]
    private static let strangeNames = [
        "~", "~x", "-rf", "...", "..x", "C:\\x", "\\\\srv\\x", ".bashrc", "a\nb", "\u{1b}]0;t\u{7}",
        "\u{202e}txt.exe", "\u{200b}", "e\u{301}", "é", "CON", "x ", " ", "*", "$(x)", "`x`", "a;b",
        String(repeating: "n", count: 246),
    ]

    private func prepared() throws -> TransferFolder {
        let folder = try TransferFolder()
        try folder.write([1], to: "outside/target")
        try folder.write([2], to: "inbox/file")
        symlink("../outside", folder.inbox.path + "/link")
        symlink("../outside/new", folder.inbox.path + "/dangling")
        return folder
    }

    @Test func `no name leads out of the directory`() async throws {
        let (folder, pair) = (try prepared(), try await LoopbackPair())
        let outside = folder.outside
        let receiver = try folder.serve(pair) { $0.keepsNames = true }
        let raw = RawSender(pair.client)
        try await raw.open()
        for (id, name) in Self.names.enumerated() {
            if name.utf8.count > FileLimits.pathByteCount { continue }
            try await raw.sendFile(UInt32(id), name, [3])
            #expect(try await raw.status(of: UInt32(id)) != .stored, "\(name)")
        }
        for (id, name) in Self.strangeNames.enumerated() {
            try await raw.sendFile(UInt32(1000 + id), name, [UInt8(id)])
        }
        try await raw.finish()
        _ = await receiver.value
        #expect(folder.outside == outside)
        #expect(folder.bytes("outside/target") == [1])
        #expect(folder.bytes("inbox/file") == [2])
        for (id, name) in Self.strangeNames.enumerated() where name != "e\u{301}" && name != "é" {
            #expect(folder.bytes("inbox/\(name)") == [UInt8(id)], "\(name)")
        }
        #expect(folder.stored.count == 3 + Self.strangeNames.count)
    }

    @Test(arguments: ["link", "dangling", "file"])
    func `what is in the way of a file is neither followed nor replaced`(name: String) async throws
    {
        let (folder, pair) = (try prepared(), try await LoopbackPair())
        let (outside, stored) = (folder.outside, folder.stored)
        let receiver = try folder.serve(pair) { $0.keepsNames = true }
        let raw = RawSender(pair.client)
        try await raw.open()
        symlink("../outside/new", folder.inbox.path + "/" + PartName.of("planted"))
        try await raw.sendFile(1, name, [3])
        #expect(try await raw.status(of: 1) == .exists)
        try await raw.sendFile(2, "planted", [3])
        #expect(try await raw.status(of: 2) != .stored)
        try await raw.send(.directory(id: 3, path: name))
        #expect(try await raw.status(of: 3) != .stored)
        try await raw.send(.link(id: 4, path: "l", target: "../outside"))
        #expect(try await raw.status(of: 4) == .refused)
        try await raw.finish()
        _ = await receiver.value
        #expect(folder.outside == outside)
        #expect(folder.stored == (stored + [PartName.of("planted")]).sorted())
    }

    @Test func `a link that is swapped in all the time is never followed`() async throws {
        let (folder, pair) = (try prepared(), try await LoopbackPair())
        let (outside, inbox) = (folder.outside, folder.inbox.path)
        let isOver = Atomic(false)
        let swapper = Task.detached {
            while !isOver.load(ordering: .relaxed) {
                rmdir(inbox + "/d")
                symlink("../outside", inbox + "/d")
                symlink("../outside/new", inbox + "/f")
                unlink(inbox + "/f")
                unlink(inbox + "/d")
                mkdir(inbox + "/d", 0o700)
            }
        }
        let receiver = try folder.serve(pair) {
            $0.keepsNames = true
            $0.existing = .overwrite
        }
        let raw = RawSender(pair.client)
        try await raw.open()
        for id in 0..<UInt32(500) {
            try await raw.sendFile(2 * id, "d/x\(id)", [3])
            try await raw.sendFile(2 * id + 1, "f", [3])
        }
        try await raw.finish()
        isOver.store(true, ordering: .relaxed)
        await swapper.value
        _ = await receiver.value
        #expect(folder.outside == outside)
        #expect(folder.bytes("outside/target") == [1])
    }

    @Test(
        arguments: [(10, [UInt8](repeating: 1, count: 11)), (10, []), (10, [1])]
            as [(UInt64, [UInt8])])
    func `a size that lies gives no file`(size: UInt64, bytes: [UInt8]) async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let receiver = try folder.serve(pair)
        let raw = RawSender(pair.client)
        try await raw.open()
        try await raw.send(.file(raw.announcement(1, "f", size: size)))
        if !bytes.isEmpty { try await raw.sendContent(1, bytes) }
        try await raw.send(.end(id: 1, size: size, digest: RawSender.digest(of: bytes)))
        let status = try? await raw.status(of: 1)
        #expect(status != .stored)
        pair.client.close(code: 0)
        #expect(await receiver.value != nil)
        #expect(!folder.stored.contains("received_f"))
    }

    @Test func `content with a wrong digest gives no file`() async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let receiver = try folder.serve(pair)
        let raw = RawSender(pair.client)
        try await raw.open()
        try await raw.send(.file(raw.announcement(1, "a", size: 3)))
        try await raw.sendContent(1, [1, 2, 3], digest: [UInt8](repeating: 0, count: 32))
        #expect(try await raw.status(of: 1) == .mismatch)
        try await raw.send(.file(raw.announcement(2, "b", size: 3)))
        try await raw.sendContent(2, [1, 2, 3])
        try await raw.send(.end(id: 2, size: 3, digest: RawSender.digest(of: [1])))
        #expect(try await raw.status(of: 2) == .mismatch)
        try await raw.finish()
        _ = await receiver.value
        #expect(folder.stored.isEmpty)
    }

    @Test(
        arguments: [
            [.hello(protocolName: "sudp files 2", isDryRun: false)], [.done],
            [.hello(protocolName: "sudp files 1", isDryRun: false), .offer(id: 1, chunks: 0)],
            [
                .hello(protocolName: "sudp files 1", isDryRun: false), .done,
                .directory(id: 1, path: "a"),
            ],
            [
                .hello(protocolName: "sudp files 1", isDryRun: false), .directory(id: 1, path: "a"),
                .done,
            ],
            [.hello(protocolName: "sudp files 1", isDryRun: false)]
                + (0..<20).map { id in
                    .file(
                        FileAnnouncement(
                            id: id, path: "f\(id)", size: .max - 1,
                            attributes: FileAttributes(
                                permissions: 0, time: FileTime(seconds: 0, nanoseconds: 0)),
                            awaitsOffer: true, isSparse: true))
                },
            [.hello(protocolName: "sudp files 1", isDryRun: false)]
                + (0..<300).map { .directory(id: $0, path: "d\($0)") },
        ] as [[FileMessage]])
    func `a sender that breaks the rules is told so`(messages: [FileMessage]) async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let receiver = try folder.serve(pair)
        let raw = RawSender(pair.client)
        for message in messages { try? await raw.send(message) }
        let code = CloseCode.application(ApplicationCode.notUnderstood.rawValue)
        guard case .closedByPeer(code, _) = await pair.client.waitUntilClosed() else {
            Issue.record("it went on")
            return
        }
        guard case FileTransferFailure.protocolBroken? = await receiver.value else {
            Issue.record("another failure")
            return
        }
    }

    @Test func `holes beyond all sizes are refused at once`() async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let receiver = try folder.serve(pair)
        let raw = RawSender(pair.client)
        try await raw.open()
        try await raw.send(
            .file(
                FileAnnouncement(
                    id: 1, path: "f", size: .max - 1,
                    attributes: FileAttributes(
                        permissions: 0, time: FileTime(seconds: 0, nanoseconds: 0)),
                    awaitsOffer: false, isSparse: true)))
        try await raw.send(.hole(id: 1, chunks: .max))
        #expect(await receiver.value is FileTransferFailure)
        #expect(!folder.stored.contains("received_f"))
    }

    @Test func `holes are not hashed for a sender that is gone`() async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let list = folder.root.appending(path: "sums").path
        let checksums = try ChecksumList(path: list)
        let receiver = try folder.serve(pair) { $0.checksums = checksums }
        let raw = RawSender(pair.client)
        try await raw.open()
        let limit = FileLimits.chunksPerHole
        try await raw.send(
            .file(
                FileAnnouncement(
                    id: 1, path: "f", size: 64 * limit * UInt64(FileLimits.chunkByteCount),
                    attributes: FileAttributes(
                        permissions: 0, time: FileTime(seconds: 0, nanoseconds: 0)),
                    awaitsOffer: false, isSparse: true)))
        for _ in 0..<64 { try await raw.send(.hole(id: 1, chunks: limit)) }
        pair.client.close(code: 0)
        guard case FileTransferFailure.endedEarly? = await receiver.value else {
            Issue.record("another end")
            return
        }
        #expect(checksums.text.isEmpty)
    }
}
