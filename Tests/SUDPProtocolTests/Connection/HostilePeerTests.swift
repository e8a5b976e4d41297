import SUDPSimulator
import Testing

@testable import SUDPProtocol

/// What a peer with the right keys may try, and what it gets.
@Suite struct HostilePeerTests {
    private func establishedPair(_ mode: SecurityMode = .plaintext) throws -> CorePair {
        let pair = try CorePair(mode)
        pair.establish()
        try #require(pair.client.isEstablished && pair.server.isEstablished)
        return pair
    }

    @Test func `stream data that finds no room among the holes is not acknowledged`() throws {
        let pair = try establishedPair()
        let first = pair.client.core.session.sent.nextNumber
        let count = UInt64(2 * Limits.reassemblyGaps)
        for index in 0..<count {
            let packet = pair.client.sealed { writer in
                writer.writeFrame(.stream, 1 + 2 * index)
                writer.writeVariableLengthInteger(1)
                writer.write(UInt8(7))
            }
            pair.server.receive(packet, from: pair.client.address, now: pair.now)
        }
        let acked = (first..<(first + count)).filter {
            pair.server.core.session.acks.received.contains($0)
        }
        #expect(acked.count == Limits.reassemblyGaps)
    }
}
