import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct OpeningTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `both ends are established before either application says a word`(
        _ mode: SecurityMode
    ) throws {
        let pair = try CorePair(mode)
        pair.exchange()
        #expect(pair.client.isEstablished)
        #expect(pair.server.isEstablished)
    }

    @Test(arguments: [[UInt8](arrayLiteral: 0x3f), [0x02, 0x3f, 0, 0, 0], [0x08, 0, 1, 7], []])
    func `nothing that anyone can seal ends an open connection`(_ payload: [UInt8]) throws {
        let pair = try CorePair(.secure)
        // The client is open, but no DATA packet of the server reached it.
        pair.exchange(rounds: 2) { $0[0] & 0x80 == 0 }
        try #require(pair.client.isEstablished)
        try #require(pair.client.core.protection.initial != nil)
        let forged = pair.server.sealedInitial(number: 1000) { $0.write(payload) }
        pair.client.receive(forged, from: pair.server.address, now: pair.now)
        #expect(pair.client.closeReason == nil)
        #expect(pair.client.core.lifecycle.isOpen)
    }
}
