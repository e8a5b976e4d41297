import CLinuxUDP
import Glibc
import Testing

@testable import SUDPProtocol
@testable import SUDPTransport

@Suite(.timeLimit(.minutes(2))) struct OpeningTests {
    @Test func `a full server says so`() async throws {
        let peers = try await Peers.make(maximumConnections: 2)
        let first = try await peers.pair()
        let second = try await peers.pair()

        await expect(category: .serverFull) { _ = try await peers.connect() }

        first.client.close(code: 0)
        _ = await first.server.waitUntilClosed()
        #expect(try await peers.connect().peerIdentity.mode == .secure)
        withExtendedLifetime(second) {}
    }

    @Test func `a port where nobody listens is refused`() async throws {
        let nobody = try UDPSocket(boundTo: NetworkAddress(ipv4: 0x7f00_0001, port: 0)).localAddress

        await expect(category: .refused) {
            _ = try await Connection.connect(
                host: "127.0.0.1", port: nobody.port, timeout: .seconds(20))
        }
    }

    @Test func `a peer that never answers times out`() async throws {
        let silent = try UDPSocket(boundTo: NetworkAddress(ipv4: 0x7f00_0001, port: 0))

        await expect(category: .timeout) {
            _ = try await Connection.connect(
                host: "127.0.0.1", port: silent.localAddress.port, timeout: .milliseconds(200))
        }
    }

    @Test func `a cancelled opening ends at once`() async throws {
        let silent = try UDPSocket(boundTo: NetworkAddress(ipv4: 0x7f00_0001, port: 0))
        let port = silent.localAddress.port
        let opening = Task {
            _ = try await Connection.connect(host: "127.0.0.1", port: port, timeout: .seconds(3600))
        }
        var entry = pollfd(fd: silent.descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&entry, 1, 0) == 0 { await Task.yield() }

        opening.cancel()

        await expect(category: .cancelled) { try await opening.value }
    }

    @Test(arguments: ["no-such-name.invalid", "a..b", ""])
    func `a name that does not exist is unreachable`(host: String) async {
        await expect(category: .unreachable) {
            _ = try await Connection.connect(host: host, port: 1, timeout: .seconds(20))
        }
    }

    @Test func `a name is tried by its other addresses`() async throws {
        var peers = try await Peers.make(host: "127.0.0.1")
        peers.host = "localhost"

        let (client, _) = try await peers.pair()

        #expect(client.remoteAddress.hostText == "127.0.0.1")
    }

    @Test func `a wrong pin is refused and both sides hear why`() async throws {
        var peers = try await Peers.make()
        peers.clientConfiguration.trust = try .pin("sha256:" + String(repeating: "0", count: 64))
        var failures = peers.listener.handshakeFailures.makeAsyncIterator()

        let error = await #expect(throws: TransportError.self) { _ = try await peers.connect() }

        guard case .authentication(let failure) = error?.category else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.kind == .wrongPin)
        #expect(failure.peerPin == PublicKeyPin(peers.listener.identity.pin)?.digest)
        let report = try #require(await failures.next())
        #expect(report.peer.hostText == "127.0.0.1")
        guard case .handshakeFailed(let alert) = report.reason else {
            Issue.record("\(report.reason)")
            return
        }
        #expect(alert.isFromPeer)
    }

    @Test func `without trust nobody is connected to and the pin is told`() async throws {
        var peers = try await Peers.make()
        peers.clientConfiguration.trust = .nothing

        let error = await #expect(throws: TransportError.self) { _ = try await peers.connect() }

        guard case .authentication(let failure) = error?.category else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.kind == .noTrust)
        #expect(failure.peerPin == PublicKeyPin(peers.listener.identity.pin)?.digest)
    }

    @Test func `plaintext is refused where it is not allowed`() async throws {
        var peers = try await Peers.make(mode: .plaintext) { $0.allowsPlaintext = false }
        peers.clientConfiguration.mode = .plaintext

        let error = await #expect(throws: TransportError.self) { _ = try await peers.connect() }

        guard case .authentication(let failure) = error?.category else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.kind == .modeRefused)
    }

    @Test func `a paused listener leaves clients waiting until it goes on`() async throws {
        let peers = try await Peers.make()
        peers.listener.setAccepting(false)

        await expect(category: .timeout) {
            _ = try await peers.connect(timeout: .milliseconds(300))
        }
        peers.listener.setAccepting(true)

        #expect(try await peers.pair().server.peerIdentity.mode == .secure)
    }

    @Test func `a closed listener ends its sequences and keeps its connections`() async throws {
        let peers = try await Peers.make()
        let (client, server) = try await peers.pair()

        peers.listener.close()

        #expect(await peers.accept() == nil)
        var failures = peers.listener.handshakeFailures.makeAsyncIterator()
        #expect(await failures.next() == nil)
        try await client.write([1])
        #expect(try await server.read()?.bytes == [1])
    }

    @Test func `a connection that nobody took is closed with its listener`() async throws {
        let peers = try await Peers.make()
        let client = try await peers.connect()
        try await client.write([1])
        while await client.statistics().streamBytesAcknowledged == 0 {}

        peers.listener.close()

        let code = ReservedCode.listenerClosed
        #expect(
            await client.waitUntilClosed()
                == .closedByPeer(.application(code.rawValue), reason: code.reason))
    }

    @Test func `a half-open connection is closed with its listener`() async throws {
        var peers = try await Peers.make()
        let relay = try Relay(to: try #require(peers.listener.localAddresses.first))
        peers = Peers(
            listener: peers.listener, host: "127.0.0.1", port: relay.port,
            clientConfiguration: peers.clientConfiguration)
        let reading = Task { [peers] in try await peers.connect().read() }

        try await relay.waitForAnswer()
        peers.listener.close()
        try relay.release()

        let code = ReservedCode.listenerClosed
        await expect(
            category: .closedByPeer(.application(code.rawValue), reason: code.reason)
        ) { _ = try await reading.value }
    }

    @Test func `a port in use cannot be had`() async throws {
        let peers = try await Peers.make()
        let port = peers.port

        let error = await #expect(throws: TransportError.self) {
            _ = try await Listener.bind(host: "127.0.0.1", port: port)
        }

        #expect(
            error?.category == .system(errno: EADDRINUSE, operation: "bind 127.0.0.1:\(port)"))
    }

    @Test func `a free port is the same for both IP versions`() async throws {
        let listener = try await Listener.bind(port: 0)

        #expect(Set(listener.localAddresses.map(\.port)).count == 1)
        #expect(listener.localAddresses.map(\.family) == [.ipv4, .ipv6])
    }
}

/// A socket between a client and its server that keeps the server's answers until it is told to
/// pass them on.
private final class Relay {
    private struct Datagrams {
        let bytes: [UInt8]
        let segmentByteCount: Int
    }

    private let socket: UDPSocket
    private let server: NetworkAddress
    private let batch = ReceiveBatch()
    private var client: NetworkAddress?
    private var answers: [Datagrams] = []

    init(to server: NetworkAddress) throws {
        socket = try UDPSocket(boundTo: NetworkAddress(ipv4: 0x7f00_0001, port: 0))
        self.server = server
    }

    var port: UInt16 { socket.localAddress.port }

    /// Passes on what the client sends until the server has answered.
    func waitForAnswer() async throws {
        while answers.isEmpty {
            try await waitUntilReadable()
            takeAll()
        }
    }

    /// Passes on every answer that has come.
    func release() throws {
        takeAll()
        let client = try #require(client)
        for answer in answers { send(answer, to: client) }
    }

    private func waitUntilReadable() async throws {
        let descriptor = socket.descriptor
        try await onThread {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&request, 1, -1)
        }.value
    }

    private func takeAll() {
        while batch.receive(
            from: socket,
            { buffer, train in
                let datagrams = Datagrams(
                    bytes: buffer.copy(train.byteCount), segmentByteCount: train.segmentByteCount)
                guard train.path.remote != server else { return answers.append(datagrams) }
                client = train.path.remote
                send(datagrams, to: server)
            }) > 0
        {}
    }

    private func send(_ datagrams: Datagrams, to receiver: NetworkAddress) {
        let buffer = DatagramBuffer()
        let transmit = Transmit(
            path: NetworkPath(local: socket.localAddress, remote: receiver), ecn: .notECT,
            byteCount: buffer.replace(with: datagrams.bytes),
            segmentByteCount: datagrams.segmentByteCount)
        _ = socket.send(transmit, in: buffer)
    }
}
