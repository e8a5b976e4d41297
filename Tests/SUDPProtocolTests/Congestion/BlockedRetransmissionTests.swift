import Testing

@testable import SUDPProtocol

/// A retransmission that the socket does not take yet, while the peer goes on.
@Suite struct BlockedRetransmissionTests {
    @Test(arguments: CongestionControl.allCases)
    func `it is counted once, sent once, and nothing is lost with it`(
        control: CongestionControl
    ) throws {
        var configuration = ConnectionConfiguration()
        configuration.congestionControl = control
        let pair = try CorePair(configuration: configuration)
        pair.establish()
        let client = pair.client
        write(8000, to: client, at: pair.now)
        let flight = client.transmit(now: pair.now)
        #expect(flight.count >= 6)
        pair.wait(.milliseconds(50))
        for sent in flight.dropFirst() {
            pair.server.receive(sent.bytes, from: client.address, now: pair.now)
        }
        for reply in pair.server.transmit(now: pair.now) {
            client.receive(reply.bytes, from: pair.server.address, now: pair.now)
        }
        pair.wait(.milliseconds(200))
        client.core.handleTimeout(now: pair.now)
        let blocked = client.core.statistics
        #expect(blocked.packetsLost == 1)
        #expect(blocked.streamBytesRetransmitted == 0)

        // The socket is full: the core is asked for nothing while bytes of the peer arrive.
        write(3000, to: pair.server, at: pair.now)
        for data in pair.server.transmit(now: pair.now) {
            client.receive(data.bytes, from: pair.server.address, now: pair.now)
        }
        #expect(client.core.statistics.packetsLost == 1)
        #expect(client.core.statistics.congestionWindow == blocked.congestionWindow)
        #expect(client.core.statistics.streamBytesRetransmitted == 0)

        pair.exchange()
        #expect(client.core.statistics.streamBytesRetransmitted > 0)
        #expect(client.core.statistics.streamBytesRetransmitted < 1500)
        #expect(client.core.statistics.streamBytesAcknowledged == 8000)
    }

    private func write(_ count: Int, to peer: CorePeer, at now: Instant) {
        peer.core.write(ByteBlock([UInt8](repeating: 7, count: count)), now: now)
    }
}
