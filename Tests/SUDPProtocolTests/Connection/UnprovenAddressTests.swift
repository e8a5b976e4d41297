import SUDPSimulator
import Testing

@testable import SUDPProtocol

/// What goes to an address that did not prove to receive.
@Suite struct UnprovenAddressTests {
    /// Runs the server alone and counts the bytes it sends to `address`.
    private func bytes(
        to address: NetworkAddress, from pair: CorePair, for span: TimeSpan
    ) -> Int {
        let end = pair.now + span
        var total = 0
        var calls = 0
        while calls < 10_000 {
            total += pair.server.transmit(now: pair.now)
                .filter { $0.destination == address }.map(\.bytes.count).reduce(0, +)
            guard let deadline = pair.server.core.nextTimeout, deadline <= end else { break }
            pair.wait(deadline - pair.now)
            pair.server.core.handleTimeout(now: pair.now)
            calls += 1
        }
        #expect(calls < 1000, "the timer never rests")
        return total
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a single SYN costs few timer calls and three times its bytes`(
        _ mode: SecurityMode
    ) throws {
        let pair = try CorePair(mode, identity: .large)
        let total = bytes(to: pair.client.address, from: pair, for: .seconds(60))
        #expect(total <= 3 * Limits.minimumDatagramSize)
    }

    @Test func `bytes from one address earn nothing for another`() throws {
        let pair = try CorePair(.secure, identity: .large)
        for number in 10..<30 as Range<UInt64> {
            let packet = pair.client.sealedInitial(number: number) { $0.writeFrame(.ping) }
            pair.server.receive(packet, from: pair.client.address, now: pair.now)
        }
        let spoofed = pair.client.sealedInitial(number: 100) { $0.writeFrame(.ping) }
        pair.server.receive(spoofed, from: CorePair.otherAddress, now: pair.now)
        let total = bytes(to: CorePair.otherAddress, from: pair, for: .seconds(60))
        #expect(total > 0)
        #expect(total <= 3 * spoofed.count)
    }

    @Test func `a connection ID seen at one address proves nothing about another`() throws {
        let pair = try CorePair(.secure, identity: .large)
        let spoofed = pair.client.sealedInitial(
            number: 100, destination: pair.server.core.ids.local
        ) { $0.writeFrame(.ping) }
        pair.server.receive(spoofed, from: CorePair.otherAddress, now: pair.now)
        let total = bytes(to: CorePair.otherAddress, from: pair, for: .seconds(60))
        #expect(total > 0)
        #expect(total <= 3 * spoofed.count)
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a client that moves with a small packet is asked for proof at once`(
        _ mode: SecurityMode
    ) throws {
        let pair = try CorePair(mode)
        pair.establish()
        pair.server.core.write(ByteBlock([UInt8](repeating: 1, count: 100_000)), now: pair.now)
        for sent in pair.server.transmit(now: pair.now) {
            pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
        }
        var received = 0
        for acknowledgement in pair.client.transmit(now: pair.now) {
            received += acknowledgement.bytes.count
            pair.server.receive(
                acknowledgement.bytes, from: CorePair.otherAddress, now: pair.now)
        }
        try #require(received > 0 && received < Limits.minimumDatagramSize / 3)
        let asked = pair.server.transmit(now: pair.now)
        #expect(asked.reduce(0) { $0 + $1.bytes.count } <= 3 * received)
        #expect(asked.allSatisfy { $0.destination == CorePair.otherAddress })
        for sent in asked {
            pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
        }
        for proof in pair.client.transmit(now: pair.now) {
            pair.server.receive(proof.bytes, from: CorePair.otherAddress, now: pair.now)
        }
        #expect(pair.server.core.paths.isValidated)
        #expect(!pair.server.transmit(now: pair.now).isEmpty)
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a lost challenge in a small packet goes again, within what came`(
        _ mode: SecurityMode
    ) throws {
        let pair = try CorePair(mode)
        pair.establish()
        pair.server.core.write(ByteBlock([UInt8](repeating: 1, count: 100_000)), now: pair.now)
        _ = pair.server.transmit(now: pair.now)
        let small = pair.client.sealed { writer in
            writer.writeFrame(.ping)
            writer.writeZeros(60)
        }
        pair.server.receive(small, from: CorePair.otherAddress, now: pair.now)
        let first = pair.server.transmit(now: pair.now).reduce(0) { $0 + $1.bytes.count }
        #expect(first > 0)
        let later = bytes(to: CorePair.otherAddress, from: pair, for: .seconds(20))
        #expect(later > 0)
        #expect(first + later <= 3 * small.count)
    }

    @Test func `an opening that goes on from another address proves it by a challenge`() throws {
        let pair = try CorePair(.secure)
        _ = pair.server.transmit(now: pair.now)
        pair.wait(.seconds(2))
        pair.client.core.handleTimeout(now: pair.now)
        for _ in 0..<20 {
            for sent in pair.client.transmit(now: pair.now) {
                pair.server.receive(sent.bytes, from: CorePair.otherAddress, now: pair.now)
            }
            for sent in pair.server.transmit(now: pair.now) {
                #expect(sent.destination == CorePair.otherAddress)
                pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
            }
            pair.wait(.milliseconds(200))
            pair.client.core.handleTimeout(now: pair.now)
            pair.server.core.handleTimeout(now: pair.now)
        }
        #expect(pair.server.isEstablished)
        #expect(pair.server.core.paths.isValidated)
    }
}
