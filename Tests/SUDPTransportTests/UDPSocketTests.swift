import CLinuxUDP
import Glibc
import Testing

@testable import SUDPProtocol
@testable import SUDPTransport

@Suite struct UDPSocketTests {
    @Test(arguments: ["127.0.0.1", "::1"])
    func `a train sent in one call arrives as one train`(host: String) throws {
        let pair = try Loopback(host)
        let bytes = (0..<44 * 1200 - 7).map { UInt8(truncatingIfNeeded: $0 / 1200 + $0) }

        #expect(pair.send(bytes, segment: 1200, ecn: .ect0) == .sent)
        let received = pair.receive()

        #expect(received.map(\.bytes) == [bytes])
        #expect(received.first?.train.segmentByteCount == 1200)
        #expect(received.first?.train.ecn == .ect0)
        #expect(received.first?.train.path.remote == pair.sender.localAddress)
        #expect(received.first?.train.path.local == pair.receiver.localAddress)
        #expect(pair.batch.hasSeenTrain)
    }

    @Test(arguments: ["127.0.0.1", "::1"], [ECNCodepoint.notECT, .ect1, .ect0, .ce])
    func `the ECN bits arrive`(host: String, ecn: ECNCodepoint) throws {
        let pair = try Loopback(host)

        #expect(pair.send([1, 2, 3], segment: 3, ecn: ecn) == .sent)

        #expect(pair.receive().map(\.train.ecn) == [ecn])
    }

    @Test func `the largest datagram arrives whole`() throws {
        let pair = try Loopback("127.0.0.1")
        let bytes = [UInt8](repeating: 7, count: 65_507)

        #expect(pair.send(bytes, segment: bytes.count) == .sent)

        #expect(pair.receive().map(\.bytes) == [bytes])
    }

    @Test func `an empty datagram is counted and dropped`() throws {
        let pair = try Loopback("127.0.0.1")
        pair.sendRaw(byteCount: 0)
        pair.sendRaw(byteCount: 5)

        #expect(pair.receive().map(\.bytes.count) == [5])
        #expect(pair.batch.emptyCount == 1)
    }

    @Test func `a wildcard socket answers from the address that was asked`() throws {
        let server = try UDPSocket(boundTo: NetworkAddress(ipv4: 0, port: 0))
        let client = try UDPSocket(boundTo: NetworkAddress(ipv4: 0x7f00_0001, port: 0))
        let asked = NetworkAddress(ipv4: 0x7f00_0002, port: server.localAddress.port)
        let buffer = DatagramBuffer()
        let batch = ReceiveBatch()

        let question = NetworkPath(local: NetworkAddress(ipv4: 0, port: 0), remote: asked)
        _ = client.send(Self.datagram(question), in: buffer)
        var answer: NetworkPath?
        _ = batch.receive(from: server) { answer = $1.path }
        _ = server.send(Self.datagram(try #require(answer)), in: buffer)
        var source: NetworkAddress?
        _ = batch.receive(from: client) { source = $1.path.remote }

        #expect(answer?.local == asked)
        #expect(source == asked)
    }

    @Test func `a pair shares one free port`() throws {
        let pair = try UDPSocketPair(boundTo: [
            NetworkAddress(ipv4: 0, port: 0), NetworkAddress(ipv6High: 0, low: 0, port: 0),
        ])

        #expect(pair.ipv4?.localAddress.port == pair.ipv6?.localAddress.port)
        #expect(pair.ipv4?.localAddress.port != 0)
    }

    @Test func `a port in use is refused with its address`() throws {
        let first = try UDPSocket(boundTo: NetworkAddress(ipv4: 0x7f00_0001, port: 0))

        #expect(
            throws: SystemError(errno: EADDRINUSE, operation: "bind \(first.localAddress.text)")
        ) {
            _ = try UDPSocketPair(boundTo: [first.localAddress])
        }
    }

    @Test func `descriptors stay clear of the standard streams`() throws {
        let socket = try UDPSocket(boundTo: NetworkAddress(ipv4: 0x7f00_0001, port: 0))

        #expect(socket.descriptor > 2)
        #expect(fcntl(socket.descriptor, F_GETFD) & FD_CLOEXEC != 0)
        #expect(socket.receiveBufferByteCount > 0)
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func `a port where nobody listens is reported and blocks nothing`(host: String) throws {
        let client = try UDPSocket(boundTo: try #require(NetworkAddress(host: host, port: 0)))
        client.reportUnreachablePeers(true)
        var closed = try UDPSocket(boundTo: client.localAddress.withPort(0)) as UDPSocket?
        let nobody = try #require(closed?.localAddress)
        closed = nil
        let path = NetworkPath(local: client.localAddress, remote: nobody)

        #expect(client.send(Self.datagram(path), in: DatagramBuffer()) == .sent)
        let reports = UnreachablePeer.reports(from: client)

        #expect(reports == [UnreachablePeer(remote: nobody, errno: ECONNREFUSED)])
        #expect(UnreachablePeer.reports(from: client).isEmpty)
        #expect(client.send(Self.datagram(path), in: DatagramBuffer()) == .sent)
    }

    private static func datagram(_ path: NetworkPath) -> Transmit {
        Transmit(path: path, ecn: .notECT, byteCount: 4, segmentByteCount: 4)
    }
}

extension NetworkAddress {
    fileprivate func withPort(_ port: UInt16) -> NetworkAddress {
        var address = self
        address.port = port
        return address
    }
}

/// Two sockets on loopback, one sending to the other.
private struct Loopback {
    struct Received {
        var train: ReceivedTrain
        var bytes: [UInt8]
    }

    let sender: UDPSocket
    let receiver: UDPSocket
    let batch = ReceiveBatch()

    init(_ host: String) throws {
        let address = try #require(NetworkAddress(host: host, port: 0))
        sender = try UDPSocket(boundTo: address)
        receiver = try UDPSocket(boundTo: address)
    }

    func send(_ bytes: [UInt8], segment: Int, ecn: ECNCodepoint = .notECT) -> SendOutcome {
        let buffer = DatagramBuffer()
        let train = Transmit(
            path: NetworkPath(local: sender.localAddress, remote: receiver.localAddress), ecn: ecn,
            byteCount: buffer.replace(with: bytes), segmentByteCount: segment)
        return sender.send(train, in: buffer)
    }

    func sendRaw(byteCount: Int) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: SocketAddress.capacity, alignment: 16)
        defer { memory.deallocate() }
        let size = SocketAddress.write(receiver.localAddress, to: memory)
        sendto(
            sender.descriptor, "hello world", byteCount, 0,
            memory.assumingMemoryBound(to: sockaddr.self), size)
    }

    func receive() -> [Received] {
        var received: [Received] = []
        while batch.receive(
            from: receiver, { received.append(.init(train: $1, bytes: $0.copy($1.byteCount))) })
            > 0
        {}
        return received
    }
}
