import SUDPTransport
import Testing

@testable import SUDPServices

/// What those who connect to the TCP port of a benchmark server get from it.
@Suite struct BenchTCPTests {
    private typealias Door = (address: NetworkAddress, token: [UInt8])

    private func connect(_ door: Door) throws -> TCPLoad {
        let socket = try TCPSocket.make(door.address)
        try socket.connect(to: door.address, within: .seconds(60))
        return TCPLoad(socket)
    }

    /// A connection on which the server has said that it is ready.
    private func open(_ door: Door, _ message: BenchMessage) throws -> TCPLoad {
        let load = try connect(door)
        #expect(load.write(message))
        #expect(load.readMessage(within: .seconds(60)) == .ready)
        return load
    }

    private func transaction(_ request: UInt64, _ response: UInt64) throws -> BenchTransaction {
        try #require(BenchTransaction(requestByteCount: request, responseByteCount: response))
    }

    private static let stranger = [UInt8](repeating: 7, count: 16)
    private static var cut: [UInt8] {
        Array(BenchMessage.join(token: stranger, BenchFlowRequest()).message.encoded.dropLast())
    }

    @Test(arguments: [
        BenchMessage.join(token: stranger, BenchFlowRequest()).message.encoded,
        BenchMessage.echo(token: stranger).message.encoded,
        BenchMessage.tcp.message.encoded,
        [UInt8](repeating: 0xff, count: 64), [UInt8](repeating: 0, count: 64),
        [0, 0, 4, 2] + [UInt8](repeating: 1, count: 2000), Array("GET / HTTP/1.1\r\n\r\n".utf8),
    ])
    func `whoever does not show the token is sent nothing`(bytes: [UInt8]) async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let door = try await control.openTCP()
        let stranger = try connect(door)
        #expect(stranger.writeAll(bytes))
        #expect(stranger.readAll(1) == nil)
        // It cost nobody else anything.
        let client = try open(door, .transact(token: door.token, transaction(1, 1)))
        #expect(client.writeAll([0]) && client.readAll(1) != nil)
        await rig.stop()
    }

    @Test func `the token of the visit opens nothing over TCP`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let load = try connect(try await control.openTCP())
        let transaction = try transaction(1, 1)
        #expect(load.write(.transact(token: control.welcome.token, transaction)))
        #expect(load.readAll(1) == nil)
        await rig.stop()
    }

    @Test func `strangers who wait cannot keep the client out`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let door = try await control.openTCP()
        var strangers: [TCPLoad] = []
        for _ in 0...BenchConstants.maximumStrangers {
            strangers.append(try connect(door))
            #expect(strangers.last?.writeAll([0]) == true)
        }
        let client = try open(door, .transact(token: door.token, transaction(1, 5)))
        #expect(client.writeAll([0]) && client.readAll(5) != nil)
        #expect(strangers.first?.readAll(1) == nil)
        await rig.stop()
    }

    @Test func `a client has a bounded number of TCP connections, too`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let door = try await control.openTCP()
        let message = BenchMessage.transact(token: door.token, try transaction(1, 1))
        let held = try (0..<BenchConstants.maximumFlows).map { _ in try open(door, message) }
        let further = try connect(door)
        #expect(further.write(message) && further.readAll(1) == nil)
        #expect(held.last?.writeAll([0]) == true && held.last?.readAll(1) != nil)
        await rig.stop()
    }

    @Test(arguments: [(1, 1), (3, 300_000), (200_000, 5)])
    func `each whole request is answered with as many bytes as asked for`(
        request: UInt64, response: UInt64
    ) async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let door = try await control.openTCP()
        let load = try open(door, .transact(token: door.token, transaction(request, response)))
        // A part of a request has no answer.
        #expect(load.writeAll([UInt8](repeating: 1, count: Int(request) * 3 - 1)))
        load.finish()
        #expect(load.readAll(Int(response) * 2) != nil)
        #expect(load.readAll(1) == nil)
        await rig.stop()
    }

    @Test func `load begins with the client's first byte only`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let door = try await control.openTCP()
        var request = BenchFlowRequest()
        request.byteCount = 100_000
        let load = try open(door, .join(token: door.token, request))
        for _ in 0..<3 {
            let told = try #require(await control.statistics(group: 0))
            #expect(told.flows == 1 && told.bytesAcknowledged == 0)
        }
        #expect(load.writeAll([0]))
        #expect(load.readAll(100_000) != nil)
        #expect(load.readAll(1) == nil)
        await rig.stop()
    }

    @Test func `an upload is confirmed when all of it was taken`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let door = try await control.openTCP()
        var request = BenchFlowRequest()
        (request.direction, request.group) = (.upload, 9)
        let load = try open(door, .join(token: door.token, request))
        try load.blockingWrite(ByteBlock([UInt8](repeating: 1, count: 500_000)))
        load.finish()
        #expect(load.readMessage(within: .seconds(60)) == .ready)
        #expect(load.readAll(1) == nil)
        // What it has moved is told after its end, too.
        #expect(try #require(await control.statistics(group: 9)).bytesRead == 500_000)
        await rig.stop()
    }

    @Test func `an upload that was not taken whole is not confirmed`() async throws {
        let rig = try await BenchRig { $0.byteLimit = 1000 }
        let control = try await rig.visit()
        let door = try await control.openTCP()
        var request = BenchFlowRequest()
        request.direction = .upload
        let load = try open(door, .join(token: door.token, request))
        #expect(load.writeAll([UInt8](repeating: 1, count: 1001)))
        load.finish()
        #expect(load.readMessage(within: .seconds(60)) == nil)
        let reason = await control.connection.waitUntilClosed()
        #expect(peerCode(reason) == BenchCode.bytesOver.rawValue)
        await rig.stop()
    }

    @Test func `transactions keep the server's rate`() async throws {
        let rig = try await BenchRig { $0.bytesPerSecond = 100_000 }
        let control = try await rig.visit()
        let door = try await control.openTCP()
        let load = try open(door, .transact(token: door.token, transaction(1, 10_000)))
        let start = ContinuousClock.now
        for _ in 0..<5 {
            #expect(load.writeAll([0]) && load.readAll(10_000) != nil)
        }
        // 50 kB at 100 kB/s, less what may go at once.
        #expect(.now - start > .milliseconds(400))
        await rig.stop()
    }

    @Test func `transactions count for what a client may move`() async throws {
        let rig = try await BenchRig { $0.byteLimit = 100_000 }
        let control = try await rig.visit()
        let door = try await control.openTCP()
        let load = try open(door, .transact(token: door.token, transaction(1, 1000)))
        var count = 0
        while load.writeAll([0]), load.readAll(1000) != nil { count += 1 }
        #expect(count == 99)
        let reason = await control.connection.waitUntilClosed()
        #expect(peerCode(reason) == BenchCode.bytesOver.rawValue)
        await rig.stop()
    }

    @Test func `TCP connections end with the client's time`() async throws {
        let rig = try await BenchRig { $0.visitLimit = .seconds(1) }
        let control = try await rig.visit()
        // On a busy machine the time may be over before the server says that it is ready.
        if let door = try? await control.openTCP() {
            let load = try connect(door)
            _ = load.write(.transact(token: door.token, try transaction(1, 1)))
            let thread = DedicatedThread {
                _ = load.readMessage(within: .seconds(60))
                while load.writeAll([0]), load.readAll(1) != nil {}
            }
            await thread?.value
        }
        let reason = await control.connection.waitUntilClosed()
        #expect(peerCode(reason) == BenchCode.timeOver.rawValue)
        await rig.stop()
    }
}
