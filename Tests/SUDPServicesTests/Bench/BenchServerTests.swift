import Glibc
import SUDPTransport
import Testing

@testable import SUDPServices

/// What clients that break the rules get from a benchmark server.
@Suite struct BenchServerTests {
    @Test(arguments: [
        [UInt8](repeating: 0xff, count: 5), [0, 0, 0, 0, 0], [0, 0, 4, 2, 0], [0, 0, 0, 1, 99],
        [0, 0, 0, 2, 0, 0], [0, 0, 0, 1, 17], [0, 0, 0, 1, 4],
        BenchMessage.hello(name: "sudp chat 1").message.encoded,
    ])
    func `a connection that begins with something else is ended`(bytes: [UInt8]) async throws {
        let rig = try await BenchRig()
        let connection = try await rig.connect()
        try await connection.write(bytes)
        #expect(peerCode(await connection.waitUntilClosed()) == BenchCode.notUnderstood.rawValue)
        let control = try await rig.visit()
        #expect(await control.statistics(group: 0) != nil)
        await rig.stop()
    }

    @Test func `a client of another version is told which one the server speaks`() async throws {
        let rig = try await BenchRig()
        let connection = try await rig.connect()
        try await connection.write(.hello(name: "sudp bench 3"))
        let end = await connection.waitUntilClosed()
        #expect(peerCode(end) == BenchCode.notUnderstood.rawValue)
        guard case .closedByPeer(_, let text) = end else { return }
        #expect(text.hasPrefix("it speaks sudp bench 4, not sudp bench 3: "))
        await rig.stop()
    }

    @Test func `a connection without a valid token neither gets load nor answers`() async throws {
        let rig = try await BenchRig()
        let token = [UInt8](repeating: 0, count: 16)
        for message in [BenchMessage.join(token: token, BenchFlowRequest()), .echo(token: token)] {
            let connection = try await rig.connect()
            try await connection.write(message)
            #expect(peerCode(await connection.waitUntilClosed()) == BenchCode.notAdmitted.rawValue)
            #expect(await connection.statistics().streamBytesReceived == 0)
        }
        await rig.stop()
    }

    @Test func `load before READY breaks the rules`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let connection = try await rig.connect()
        let join = BenchMessage.join(token: control.welcome.token, BenchFlowRequest())
        try await connection.write(join.message.encoded + [0])
        #expect(peerCode(await connection.waitUntilClosed()) == BenchCode.notUnderstood.rawValue)
        await rig.stop()
    }

    @Test func `a client more than the server wants is refused`() async throws {
        let rig = try await BenchRig { $0.maximumVisits = 1 }
        let first = try await rig.visit()
        await #expect {
            _ = try await rig.visit()
        } throws: { error in
            guard case BenchFailure.notAllowed = error else { return false }
            return true
        }
        #expect(await first.statistics(group: 0)?.visits == 1)
        await first.close()
        await rig.stop()
    }

    @Test func `a client has a bounded number of connections`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        var held: [Connection] = []
        for _ in 0..<BenchConstants.maximumEchoes {
            let connection = try await rig.connect()
            try await connection.write(.echo(token: control.welcome.token))
            try await connection.write(.ping(BenchPing(number: 1, time: 2)))
            var inbox = BenchInbox(connection)
            #expect(try await inbox.next() == .pong(BenchPing(number: 1, time: 2)))
            held.append(connection)
        }
        let further = try await rig.connect()
        try await further.write(.echo(token: control.welcome.token))
        #expect(peerCode(await further.waitUntilClosed()) == BenchCode.notAdmitted.rawValue)
        held.removeAll()
        await rig.stop()
    }

    @Test func `a client that reads nothing holds one window of load`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let connection = try await rig.flow(control) { $0.group = 5 }
        try await connection.write([1])
        var told: BenchStatistics
        repeat {
            told = try #require(await control.statistics(group: 5))
        } while told.flowControlLimited == 0
        #expect(told.flows == 1)
        #expect(told.bytesAcknowledged <= rig.target.configuration.maximumReceiveWindow + 1024)
        await rig.stop()
    }

    @Test func `load begins with the client's first byte only`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let connection = try await rig.flow(control) { $0.byteCount = 1000 }
        // An answer on the other connection shows that the server had time to send.
        for _ in 0..<3 { _ = try #require(await control.statistics(group: 0)) }
        #expect(await connection.statistics().streamBytesRead == 6 - 1)
        try await connection.write([1])
        var count = 0
        while let block = try await connection.read() { count += block.count }
        #expect(count == 1000)
        await rig.stop()
    }

    @Test(arguments: [(1, 1), (3, 300_000), (200_000, 5)])
    func `each whole request is answered with as many bytes as asked for`(
        request: UInt64, response: UInt64
    ) async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let connection = try await rig.connect()
        let transaction = try #require(
            BenchTransaction(requestByteCount: request, responseByteCount: response))
        _ = try await SUDPLink(
            connection, announcing: .transact(token: control.welcome.token, transaction))
        // Two requests and the beginning of a third one, which has no answer.
        let bytes = [UInt8](repeating: 7, count: Int(request) * 3 - 1)
        async let count = {
            var count = 0
            while let block = try await connection.read() { count += block.count }
            return count
        }()
        try await connection.write(bytes)
        connection.finish()
        #expect(try await count == Int(response) * 2)
        await rig.stop()
    }

    @Test func `requests without a valid token are not answered`() async throws {
        let rig = try await BenchRig()
        let transaction = try #require(
            BenchTransaction(requestByteCount: 1, responseByteCount: 1))
        let connection = try await rig.connect()
        try await connection.write(
            .transact(token: [UInt8](repeating: 0, count: 16), transaction))
        #expect(peerCode(await connection.waitUntilClosed()) == BenchCode.notAdmitted.rawValue)
        #expect(await connection.statistics().streamBytesReceived == 0)
        await rig.stop()
    }

    @Test func `the connections of a client end with its visit`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let connection = try await rig.flow(control)
        try await connection.write([1])
        control.connection.close(code: 0)
        #expect(peerCode(await connection.waitUntilClosed()) == BenchCode.complete.rawValue)
        await rig.stop()
    }

    @Test func `a client whose time is over hears so`() async throws {
        let rig = try await BenchRig { $0.visitLimit = .milliseconds(200) }
        let control = try await rig.visit()
        let reason = await control.connection.waitUntilClosed()
        #expect(peerCode(reason) == BenchCode.timeOver.rawValue)
        await rig.stop()
    }

    @Test(arguments: [BenchDirection.download, .upload])
    func `a client that has moved as much as it may hears so`(
        direction: BenchDirection
    ) async throws {
        let rig = try await BenchRig { $0.byteLimit = 1_000_000 }
        let control = try await rig.visit()
        #expect(control.welcome.byteLimit == 1_000_000)
        let connection = try await rig.flow(control) { $0.direction = direction }
        var count = 0
        do {
            if direction == .download {
                try await connection.write([1])
                while let block = try await connection.read() { count += block.count }
            } else {
                while true { try await connection.write([UInt8](repeating: 1, count: 50_000)) }
            }
        } catch {}
        #expect(count <= 1_000_000)
        for connection in [connection, control.connection] {
            let reason = await connection.waitUntilClosed()
            #expect(peerCode(reason) == BenchCode.bytesOver.rawValue)
        }
        await rig.stop()
    }

    @Test func `transactions count for what a client may move`() async throws {
        let rig = try await BenchRig { $0.byteLimit = 100_000 }
        let control = try await rig.visit()
        let connection = try await rig.connect()
        let transaction = try #require(
            BenchTransaction(requestByteCount: 1, responseByteCount: 1000))
        _ = try await SUDPLink(
            connection, announcing: .transact(token: control.welcome.token, transaction))
        do {
            while true { try await connection.write([1]) }
        } catch {}
        let reason = await connection.waitUntilClosed()
        #expect(peerCode(reason) == BenchCode.bytesOver.rawValue)
        #expect(await connection.statistics().streamBytesReceived <= 100_005)
        await rig.stop()
    }

    @Test func `a client may move exactly what it may`() async throws {
        let rig = try await BenchRig { $0.byteLimit = 2_000_000 }
        var plan = BenchPlan()
        plan.duration = .milliseconds(100)
        plan.byteCount = 1_000_000
        let (report, failure) = await BenchClient(rig.target, plan).run()
        #expect(failure == nil && report.isComplete)
        plan.byteCount = 1_000_001
        let (refused, reason) = await BenchClient(rig.target, plan).run()
        guard case .notAllowed = reason as? BenchFailure else {
            Issue.record("ended with \(String(describing: reason))")
            return
        }
        #expect(refused.isEmpty)
        await rig.stop()
    }

    @Test func `a server that ends tells its clients`() async throws {
        let rig = try await BenchRig()
        let control = try await rig.visit()
        let connection = try await rig.flow(control)
        try await connection.write([1])
        await rig.stop()
        for connection in [connection, control.connection] {
            let reason = await connection.waitUntilClosed()
            #expect(peerCode(reason) == BenchCode.interrupted.rawValue)
        }
    }
}
