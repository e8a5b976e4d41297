import SUDPTransport
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct ConnectionTests {
    @Test(arguments: [SecurityMode.secure, .plaintext], ["127.0.0.1", "::1"])
    func `eight mebibytes come back unchanged and both sides know it`(
        mode: SecurityMode, host: String
    ) async throws {
        let peers = try await Peers.make(host: host, mode: mode)
        let (client, server) = try await peers.pair()
        let bytes = pattern(8 * 1024 * 1024)

        async let echoed: Void = server.echo()
        async let received = client.readAll()
        for start in stride(from: 0, to: bytes.count, by: 100_000) {
            try await client.write(bytes[start..<min(start + 100_000, bytes.count)])
        }
        client.finish()
        let answer = try await received
        client.confirmConsumed()
        try await echoed

        #expect(answer == bytes)
        #expect(await client.waitUntilClosed() == .complete)
        #expect(await server.waitUntilClosed() == .complete)
        #expect(client.peerIdentity.mode == mode)
    }
}
