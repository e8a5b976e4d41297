import Foundation
import Glibc
import SUDPTransport
import Testing

@testable import SUDPServices

/// What `--rename` does with names that are taken.
@Suite struct FileRenamingTests {
    private static let chunk = FileLimits.chunkByteCount

    private func send(_ folder: TransferFolder, _ path: String) async throws -> UInt64 {
        let pair = try await LoopbackPair()
        let receiver = try folder.serve(pair) { $0.existing = .rename }
        try await folder.send([path], pair)
        #expect(await receiver.value == nil)
        return await pair.client.statistics().streamBytesAcknowledged
    }

    private func write(_ bytes: [UInt8], to path: String, in folder: TransferFolder) throws {
        try folder.write(bytes, to: path)
        let times = [timespec(), timespec(tv_sec: 9, tv_nsec: 9)]
        utimensat(AT_FDCWD, folder.root.appending(path: path).path, times, 0)
    }

    @Test(arguments: [0, 9, chunk, 3 * chunk + 5])
    func `what is there under a number is not stored again`(byteCount: Int) async throws {
        let folder = try TransferFolder()
        let bytes = [UInt8](repeating: 7, count: byteCount)
        try folder.write([1, 2], to: "inbox/received_f")
        try write(bytes, to: "source/f", in: folder)
        for _ in 0..<3 {
            _ = try await send(folder, "source/f")
            #expect(folder.stored == ["received_f", "received_f.1"])
        }
        #expect(try await send(folder, "source/f") < UInt64(Self.chunk) + 4096)
        #expect(folder.bytes("inbox/received_f.1") == bytes)
        #expect(folder.bytes("inbox/received_f") == [1, 2])
    }

    @Test(arguments: [0, 2, 3])
    func `a file that only looks the same gets a number and all of its content`(
        equalChunks: Int
    ) async throws {
        let folder = try TransferFolder()
        var bytes = [UInt8](repeating: 7, count: 3 * Self.chunk + 5)
        try write(bytes, to: "source/f", in: folder)
        bytes[equalChunks * Self.chunk] ^= 1
        try write(bytes, to: "inbox/received_f", in: folder)
        _ = try await send(folder, "source/f")
        #expect(folder.stored == ["received_f", "received_f.1"])
        #expect(folder.bytes("inbox/received_f") == bytes)
        #expect(folder.bytes("inbox/received_f.1") == folder.bytes("source/f"))
    }
}
