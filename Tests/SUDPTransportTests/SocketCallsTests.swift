import Testing

@testable import SUDPProtocol
@testable import SUDPTransport

@Suite struct SocketCallsTests {
    @Test func `each call on a socket is counted once`() throws {
        let pair = try UDPSocketPair(boundTo: [NetworkAddress(ipv4: 0x7f00_0001, port: 0)])
        let port = DatagramPort(sockets: pair)
        let socket = try #require(pair.ipv4)
        let polls = PollSet(mailbox: socket.descriptor, sockets: port.sockets)
        let path = NetworkPath(local: socket.localAddress, remote: socket.localAddress)
        #expect(port.takeCallCount() == 0)
        for _ in 0..<3 {
            let train = Transmit(path: path, ecn: .notECT, byteCount: 5, segmentByteCount: 5)
            #expect(port.sendTrain(train) == .sent)
        }
        try polls.wait(atMost: .zero)
        var received = 0
        _ = port.receive(from: socket) { _, _ in received += 1 }
        #expect(received == 3)
        #expect(port.takeCallCount() == 4)
        #expect(polls.takeCallCount() == 1)
        #expect(port.takeCallCount() == 0 && polls.takeCallCount() == 0)
    }

    @Test func `the calls of drivers are those of the process`() async throws {
        let before = SocketStatistics.callsOfProcess
        let (client, server) = try await Peers.make().pair()
        #expect(SocketStatistics.callsOfProcess >= before + 6)
        client.close(code: 0)
        server.close(code: 0)
    }
}
