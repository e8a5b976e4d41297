import Foundation
import SUDPTransport
import Testing

@testable import SUDPServices

@Suite struct BenchSecretTests {
    private static let secret = BenchSecret(Array("open".utf8))

    @Test func `a client that knows the secret is served`() async throws {
        let rig = try await BenchRig { $0.secret = Self.secret }
        let control = try await BenchControl(rig.connect(), Self.secret)
        await control.start()
        #expect(await control.statistics(group: 0) != nil)
        await rig.stop()
    }

    @Test(arguments: [nil, BenchSecret(Array("opem".utf8))])
    func `a client that does not know the secret is refused and takes no place`(
        other: BenchSecret?
    ) async throws {
        let rig = try await BenchRig { rules in
            rules.secret = Self.secret
            rules.maximumVisits = 1
        }
        for _ in 0..<2 {
            await #expect {
                _ = try await BenchControl(rig.connect(), other)
            } throws: { error in
                guard case BenchFailure.notPermitted = error else { return false }
                return true
            }
        }
        #expect(await rig.server.load().clients == 0)
        _ = try await BenchControl(rig.connect(), Self.secret)
        await rig.stop()
    }

    @Test func `what is not a proof ends the connection`() async throws {
        let rig = try await BenchRig { $0.secret = Self.secret }
        for message in [BenchMessage.ask(question: 1, group: 1), .tcp, .ready] {
            let connection = try await rig.connect()
            try await connection.write(.hello(name: "sudp bench 4"))
            try await connection.write(message)
            #expect(
                peerCode(await connection.waitUntilClosed()) == BenchCode.notUnderstood.rawValue)
        }
        await rig.stop()
    }

    @Test func `a proof that was overheard is worth nothing later`() async throws {
        let rig = try await BenchRig { $0.secret = Self.secret }
        let overheard = Self.secret.proof(of: BenchSecret.makeChallenge())
        let connection = try await rig.connect()
        try await connection.write(.hello(name: "sudp bench 4"))
        try await connection.write(.proof(overheard))
        #expect(peerCode(await connection.waitUntilClosed()) == BenchCode.wrongSecret.rawValue)
        await rig.stop()
    }

    /// Computed by Python: hmac.new(key, b"sudp bench 4" + bytes(32), "sha256").hexdigest().
    @Test(arguments: [
        (4, "d9f9048de981cdab16f39a65490e485780878be6347911896f40006d0060c3c0"),
        (64, "4241589f718decff59ac0d10b700e3ec3794d78ac6ff2d4c5dc59f2fa92cb0a9"),
        (65, "25e239ef26c03d0912ab875bb0f8adee5a86088713a06d244b1c0b5037ef39b1"),
        (65_536, "f4ff6a80966296290199b1a1ffad6ab7ee8c672e15a4e6c2f17205f72b01ba36"),
    ])
    func `a proof is HMAC-SHA256 of name and challenge`(byteCount: Int, expected: String) {
        let secret = BenchSecret([UInt8](repeating: 0x61, count: byteCount))
        let proof = secret.proof(of: [UInt8](repeating: 0, count: 32))
        #expect(proof.map { String(format: "%02x", $0) }.joined() == expected)
    }

    private func read(_ bytes: some Sequence<UInt8>) throws -> BenchSecret {
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(filePath: path))
        return try BenchSecret(path: path)
    }

    @Test(arguments: ["open", "open\n", "open\r\n"])
    func `a line's end is no part of the secret`(text: String) throws {
        let challenge = BenchSecret.makeChallenge()
        #expect(try read(text.utf8).proof(of: challenge) == Self.secret.proof(of: challenge))
    }

    @Test func `a file that is empty or too large is no secret`() throws {
        _ = try read([UInt8](repeating: 1, count: 65_536))
        for bytes in [[], [0x0a], [UInt8](repeating: 1, count: 65_537)] {
            #expect(throws: FileFailure.self) { try read(bytes) }
        }
    }
}
