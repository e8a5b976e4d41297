import SUDPTransport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ConnectionTests {
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
        #expect(await client.statistics().streamBytesAcknowledged == UInt64(bytes.count))
    }

    @Test func `the congestion control may change in the middle of a stream`() async throws {
        let peers = try await Peers.make()
        let (client, server) = try await peers.pair()
        let bytes = pattern(4 * 1024 * 1024)

        async let received = server.readAll()
        for (number, start) in stride(from: 0, to: bytes.count, by: 65_536).enumerated() {
            try await client.write(bytes[start..<(start + 65_536)])
            let controls = CongestionControl.allCases
            client.setCongestionControl(controls[number % controls.count])
        }
        client.finish()

        #expect(try await received == bytes)
    }

    @Test func `one direction goes on after the other has ended`() async throws {
        let peers = try await Peers.make()
        let (client, server) = try await peers.pair()

        try await client.write([3, 1, 2])
        client.finish()
        let question = try await server.readAll()
        server.confirmConsumed()
        try await client.waitUntilSendConfirmed()
        try await server.write(question.sorted())
        server.finish()

        #expect(try await client.readAll() == [1, 2, 3])
        client.confirmConsumed()
        #expect(await server.waitUntilClosed() == .complete)
    }

    @Test func `the server may speak first`() async throws {
        for mode in [SecurityMode.secure, .plaintext] {
            let peers = try await Peers.make(mode: mode)
            let (client, server) = try await peers.pair()

            try await server.write([7])

            #expect(try await client.read()?.bytes == [7])
        }
    }

    @Test func `a writer waits for a reader that does not read`() async throws {
        let peers = try await Peers.make { configuration in
            configuration.sendBufferLimit = 128 * 1024
            configuration.maximumReceiveWindow = 128 * 1024
        }
        let (client, server) = try await peers.pair()
        let bytes = pattern(8 * 1024 * 1024)
        // Both sides' queues and windows, and the blocks that may exceed them.
        let most = 1024 * 1024 + 512 * 1024 + 4 * 128 * 1024

        let writer = Task {
            for start in stride(from: 0, to: bytes.count, by: 65_536) {
                try await client.write(bytes[start..<(start + 65_536)])
            }
            client.finish()
        }
        var written: UInt64 = 1
        while await client.statistics().streamBytesWritten != written {
            written = await client.statistics().streamBytesWritten
            for _ in 0..<50 { _ = await server.statistics() }
        }
        #expect(written < most)
        let received = try await server.readAll()
        try await writer.value

        #expect(received == bytes)
    }

    @Test func `threads can block on reads and writes`() async throws {
        let peers = try await Peers.make()
        let (client, server) = try await peers.pair()
        let bytes = pattern(4 * 1024 * 1024)

        let writer = onThread {
            for start in stride(from: 0, to: bytes.count, by: 262_144) {
                try client.blockingWrite(ByteBlock(bytes[start..<(start + 262_144)]))
            }
            client.finish()
        }
        let reader = onThread {
            var received: [UInt8] = []
            while let block = try server.blockingRead() { received += block.bytes }
            return received
        }

        try await writer.value
        #expect(try await reader.value == bytes)
    }

    @Test func `a read of few bytes leaves the others for the next`() async throws {
        let peers = try await Peers.make()
        let (client, server) = try await peers.pair()
        try await client.write([1, 2, 3, 4, 5])
        client.finish()

        var pieces: [[UInt8]] = []
        while let piece = try await server.read(upTo: 2) { pieces.append(piece) }

        #expect(pieces.allSatisfy { $0.count <= 2 })
        #expect(pieces.flatMap(\.self) == [1, 2, 3, 4, 5])
    }

    @Test func `an empty stream is complete`() async throws {
        let peers = try await Peers.make()
        let (client, server) = try await peers.pair()

        for side in [client, server] { side.finish() }
        for side in [client, server] {
            #expect(try await side.read() == nil)
            side.confirmConsumed()
        }

        #expect(await client.waitUntilClosed() == .complete)
        #expect(await server.waitUntilClosed() == .complete)
    }

    @Test func `a hundred clients are served at once`() async throws {
        let peers = try await Peers.make()
        let server = Task {
            await withDiscardingTaskGroup { group in
                for await connection in peers.listener {
                    group.addTask { try? await connection.echo() }
                }
            }
        }
        defer { server.cancel() }

        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let bytes = pattern(10_000 + number)
                    let client = try await peers.connect()
                    try await client.write(bytes)
                    client.finish()
                    let isEqual = try await client.readAll() == bytes
                    client.confirmConsumed()
                    return await client.waitUntilClosed() == .complete && isEqual
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(answers == Array(repeating: true, count: 100))
    }

    @Test func `a connection names both addresses`() async throws {
        let peers = try await Peers.make()
        let (client, server) = try await peers.pair()

        #expect(client.remoteAddress == peers.listener.localAddresses.first)
        #expect(server.localAddress == client.remoteAddress)
        #expect(server.remoteAddress == client.localAddress)
    }

    @Test func `a wildcard listener is reached by each of its addresses`() async throws {
        for host in ["127.0.0.1", "127.0.0.2", "::1", "localhost"] {
            var peers = try await Peers.make(host: nil)
            peers.host = host
            let (client, server) = try await peers.pair()

            #expect(host == "localhost" || server.localAddress.hostText == host)
            #expect(client.remoteAddress == server.localAddress)
        }
    }
}
