import Foundation
import Glibc
import SUDPTransport
import Testing

@testable import SUDPServices

@Suite struct FileTransferTests {
    private func content(_ byteCount: Int, seed: UInt32 = 1) -> [UInt8] {
        var state = seed
        return (0..<byteCount).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state >> 24)
        }
    }

    private static let chunk = FileLimits.chunkByteCount

    @Test(arguments: [0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 5])
    func `a file of any size arrives as it was sent`(byteCount: Int) async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let bytes = content(byteCount)
        try folder.write(bytes, to: "source/f")
        let receiver = try folder.serve(pair)
        try await folder.send(["source/f"], pair)
        #expect(await receiver.value == nil)
        #expect(folder.stored == ["received_f"])
        #expect(folder.bytes("inbox/received_f") == bytes)
    }

    @Test func `a tree arrives with permissions, times and links, and twice is no harm`()
        async throws
    {
        let folder = try TransferFolder()
        for number in 0..<40 { try folder.write([UInt8(number)], to: "source/t/a/\(number)") }
        try folder.write(content(2 * Self.chunk), to: "source/t/b/large")
        symlink("../a/1", folder.source.path + "/t/b/inside")
        symlink("/etc/passwd", folder.source.path + "/t/b/outside")
        chmod(folder.source.path + "/t/a/7", 0o4751)
        let times = [timespec(tv_sec: 5, tv_nsec: 6), timespec(tv_sec: 1_000_000_007, tv_nsec: 8)]
        utimensat(AT_FDCWD, folder.source.path + "/t/a", times, 0)
        for _ in 0..<2 {
            let pair = try await LoopbackPair()
            let receiver = try folder.serve(pair) { $0.keepsNames = true }
            try await folder.send(["source/t"], pair)
            #expect(await receiver.value == nil)
            #expect(folder.stored.count == 45)
            #expect(folder.bytes("inbox/t/a/9") == [9])
            #expect(LinkTarget.read(folder.inbox.path + "/t/b/inside") == "../a/1")
            var status = stat()
            stat(folder.inbox.path + "/t/a/7", &status)
            #expect(status.st_mode & 0o7777 == 0o751)
            stat(folder.inbox.path + "/t/a", &status)
            #expect(FileTime(status.st_mtim) == FileTime(times[1]))
        }
    }

    @Test func `holes stay holes`() async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        try folder.write([1], to: "source/f")
        truncate(folder.source.path + "/f", 200 << 20)
        let receiver = try folder.serve(pair)
        try await folder.send(["source/f"], pair)
        #expect(await receiver.value == nil)
        var status = stat()
        stat(folder.inbox.path + "/received_f", &status)
        #expect(status.st_size == 200 << 20)
        #expect(status.st_blocks * 512 < 4 << 20)
        #expect(await pair.client.statistics().streamBytesAcknowledged < 2 << 20)
    }

    @Test(arguments: [0, 1, 3])
    func `only what differs from the part is sent`(equalChunks: Int) async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        let bytes = content(5 * Self.chunk + 9)
        var part = Array(bytes[..<(4 * Self.chunk + 100)])
        part[equalChunks * Self.chunk] ^= 1
        try folder.write(bytes, to: "source/f")
        try folder.write(part, to: "inbox/.received_f.sudp-part")
        let receiver = try folder.serve(pair)
        try await folder.send(["source/f"], pair)
        #expect(await receiver.value == nil)
        #expect(folder.stored == ["received_f"])
        #expect(folder.bytes("inbox/received_f") == bytes)
        let sent = await pair.client.statistics().streamBytesAcknowledged
        #expect(sent < UInt64((5 - equalChunks) * Self.chunk + 4096))
        #expect(sent > UInt64((5 - equalChunks) * Self.chunk))
    }

    @Test(arguments: [(ExistingFilePolicy.refuse, "old"), (.overwrite, "new"), (.skip, "old")])
    func `a name that is taken is treated by the rule`(
        policy: ExistingFilePolicy, expected: String
    ) async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        try folder.write(Array("new".utf8), to: "source/f")
        try folder.write(Array("old".utf8), to: "inbox/received_f")
        utimensat(
            AT_FDCWD, folder.inbox.path + "/received_f", [timespec(), timespec()], 0)
        let receiver = try folder.serve(pair) { $0.existing = policy }
        do {
            try await folder.send(["source/f"], pair)
            #expect(policy != .refuse)
        } catch FileTransferFailure.incomplete(_, 1, _, let status) {
            #expect(policy == .refuse && status == .exists)
        }
        _ = await receiver.value
        #expect(folder.stored == ["received_f"])
        #expect(folder.bytes("inbox/received_f") == Array(expected.utf8))
    }

    @Test func `a large file that is there and differs is refused without its content`()
        async throws
    {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        var bytes = content(3 * Self.chunk)
        try folder.write(bytes, to: "source/f")
        bytes[2 * Self.chunk] ^= 1
        try folder.write(bytes, to: "inbox/received_f")
        for path in [folder.source.path + "/f", folder.inbox.path + "/received_f"] {
            utimensat(AT_FDCWD, path, [timespec(), timespec(tv_sec: 9, tv_nsec: 9)], 0)
        }
        let receiver = try folder.serve(pair)
        await #expect(throws: FileTransferFailure.self) {
            try await folder.send(["source/f"], pair)
        }
        _ = await receiver.value
        #expect(folder.bytes("inbox/received_f") == bytes)
        #expect(folder.stored == ["received_f"])
    }

    @Test func `a dry run stores nothing`() async throws {
        let (folder, pair) = (try TransferFolder(), try await LoopbackPair())
        try folder.write(content(2 * Self.chunk), to: "source/d/f")
        let receiver = try folder.serve(pair)
        var options = SendOptions()
        options.isDryRun = true
        try await folder.send(["source/d"], pair, options: options)
        #expect(await receiver.value == nil)
        #expect(folder.stored.isEmpty)
    }

    @Test func `a sender that fell silent loses its file to the next one`() async throws {
        let (folder, silent) = (try TransferFolder(), try await LoopbackPair())
        let bytes = content(2 * Self.chunk)
        try folder.write(bytes, to: "source/f")
        let directory = try ReceiveDirectory(folder.inbox.path)
        let receiver = FileReceiver(ReceiveOptions(.directory(directory)))
        let first = Task { try? await receiver.serve(silent.server) { _ in } }
        let raw = RawSender(silent.client)
        try await raw.open()
        try await raw.send(.file(raw.announcement(1, "f", size: 2 << 20, awaitsOffer: true)))
        #expect(try await raw.next() == .offer(id: 1, chunks: 0))
        let pair = try await LoopbackPair()
        let second = Task { try await receiver.serve(pair.server) { _ in } }
        try await folder.send(["source/f"], pair)
        try await second.value
        await first.value
        #expect(folder.bytes("inbox/received_f") == bytes)
    }
}
