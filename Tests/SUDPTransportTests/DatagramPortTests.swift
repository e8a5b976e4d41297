import Testing

@testable import SUDPProtocol
@testable import SUDPTransport

@Suite struct DatagramPortTests {
    private let port: DatagramPort
    private let receiver: UDPSocket
    private let sender: UDPSocket

    init() throws {
        let loopback = NetworkAddress(ipv4: 0x7f00_0001, port: 0)
        let sockets = try UDPSocketPair(boundTo: [loopback])
        receiver = try #require(sockets.ipv4)
        port = DatagramPort(sockets: sockets)
        sender = try UDPSocket(boundTo: loopback)
    }

    private func send(_ count: Int, byteCount: Int) {
        let path = NetworkPath(local: sender.localAddress, remote: receiver.localAddress)
        let datagram = Transmit(
            path: path, ecn: .notECT, byteCount: byteCount, segmentByteCount: byteCount)
        let buffer = DatagramBuffer()
        for _ in 0..<count { _ = sender.send(datagram, in: buffer) }
    }

    private func receive() -> (count: Int, isAll: Bool) {
        var count = 0
        let isAll = port.receive(from: receiver) { _, _ in count += 1 }
        return (count, isAll)
    }

    @Test func `several batches of small datagrams are taken at once, but not without end`() {
        send(20, byteCount: 1200)
        #expect(receive() == (20, true))
        send(100, byteCount: 100)
        #expect(receive() == (64, false))
        #expect(receive() == (36, true))
    }

    @Test func `one batch of large ones is enough`() {
        send(9, byteCount: 10_000)
        #expect(receive() == (8, false))
        #expect(receive() == (1, true))
    }
}
