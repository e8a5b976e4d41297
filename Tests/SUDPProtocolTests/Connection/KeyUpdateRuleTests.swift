import Testing

@testable import SUDPProtocol

/// RFC 9001 §6: who may update keys when, and how long old ones are kept.
@Suite struct KeyUpdateRuleTests {
    /// Gives the datagrams that `sender` has to the other end, but those that `loses` picks.
    private func carry(
        _ pair: CorePair, from sender: CorePeer, to receiver: CorePeer,
        loses: (Int) -> Bool = { _ in false }
    ) {
        for (index, sent) in sender.transmit(now: pair.now).enumerated() where !loses(index) {
            receiver.receive(sent.bytes, from: sender.address, now: pair.now)
        }
    }

    private func update(_ pair: CorePair, by sender: CorePeer, to receiver: CorePeer) {
        sender.core.protection.session?.keys?.advanceSealing()
        let packet = sender.sealed { $0.writeFrame(.ping) }
        receiver.receive(packet, from: sender.address, now: pair.now)
    }

    private func expectKeyUpdateError(_ peer: CorePeer) {
        guard case .protocolViolation(.keyUpdateError, _)? = peer.closeReason else {
            Issue.record("\(String(describing: peer.closeReason))")
            return
        }
    }

    @Test func `a client that updates before it finished the handshake is refused`() throws {
        let pair = try CorePair(.secure)
        carry(pair, from: pair.server, to: pair.client)
        let early = pair.client.sealed { $0.writeFrame(.ping) }
        pair.server.receive(early, from: pair.client.address, now: pair.now)
        _ = pair.server.transmit(now: pair.now)
        let sealed = pair.server.core.protection.session?.keys?.sealedInGeneration
        try #require(sealed == 1)
        update(pair, by: pair.client, to: pair.server)
        expectKeyUpdateError(pair.server)
    }

    @Test func `a server that updates before its HANDSHAKE_DONE came is refused`() throws {
        let pair = try CorePair(.secure)
        carry(pair, from: pair.server, to: pair.client)
        carry(pair, from: pair.client, to: pair.server)
        try #require(pair.server.isEstablished)
        update(pair, by: pair.server, to: pair.client)
        expectKeyUpdateError(pair.client)
    }

    @Test func `a server waits with its update until HANDSHAKE_DONE is acknowledged`() throws {
        var configuration = ConnectionConfiguration()
        configuration.keyUpdateInterval = 1
        let pair = try CorePair(.secure, configuration: configuration)
        carry(pair, from: pair.server, to: pair.client)
        carry(pair, from: pair.client, to: pair.server)
        // The first packet of the server, with HANDSHAKE_DONE, is lost.
        carry(pair, from: pair.server, to: pair.client) { $0 == 0 }
        for _ in 0..<4 {
            pair.server.core.write(ByteBlock([1]), now: pair.now)
            carry(pair, from: pair.server, to: pair.client)
            pair.wait(.milliseconds(30))
            pair.client.core.handleTimeout(now: pair.now)
            carry(pair, from: pair.client, to: pair.server)
        }
        pair.exchange()
        pair.server.core.write(ByteBlock([1]), now: pair.now)
        pair.exchange()
        #expect(pair.client.closeReason == nil, "\(String(describing: pair.client.closeReason))")
        #expect(pair.client.core.handshake.isConfirmed)
        #expect(pair.server.core.statistics.keyUpdates > 0)
    }

    @Test func `old keys are wiped three probe timeouts after an update`() throws {
        let pair = try CorePair(.secure)
        pair.establish()
        update(pair, by: pair.client, to: pair.server)
        let expiry = try #require(pair.server.core.protection.session?.keys?.previousExpiry)
        #expect(expiry == pair.now + pair.server.core.probeTimeout * 3)
        _ = pair.runTimers(of: pair.server, for: expiry - pair.now)
        let hasPrevious = pair.server.core.protection.session?.keys?.hasPrevious
        #expect(hasPrevious == false)
        #expect(pair.server.closeReason == nil)
    }
}
