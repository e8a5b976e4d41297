import SUDPSimulator
import Testing

@testable import SUDPProtocol

/// RFC 9000 §9.4: what a server keeps of the old path when its client moves.
@Suite struct NewNetworkTests {
    private static let newPort = NetworkAddress(ipv4: 0x0a01_0001, port: 50_000)

    /// A server with a window beyond the first one, and a flight that is not acknowledged.
    private func busyPair() throws -> CorePair {
        var configuration = ConnectionConfiguration()
        configuration.congestionControl = .reno
        let pair = try CorePair(.secure, configuration: configuration)
        pair.establish()
        for _ in 0..<10 {
            pair.server.core.write(ByteBlock([UInt8](repeating: 1, count: 20_000)), now: pair.now)
            for sent in pair.server.transmit(now: pair.now) {
                pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
            }
            pair.wait(.milliseconds(40))
            pair.exchange()
        }
        pair.server.core.write(ByteBlock([UInt8](repeating: 1, count: 20_000)), now: pair.now)
        _ = pair.server.transmit(now: pair.now)
        try #require(pair.server.core.congestion.window > 20_000)
        try #require(pair.server.core.session.sent.bytesInFlight > 10_000)
        return pair
    }

    private func move(_ pair: CorePair, to address: NetworkAddress) {
        let packet = pair.client.sealed { $0.writeFrame(.ping) }
        pair.server.receive(packet, from: address, now: pair.now)
    }

    @Test func `a new port keeps window, round trip and flight`() throws {
        let pair = try busyPair()
        let window = pair.server.core.congestion.window
        let inFlight = pair.server.core.session.sent.bytesInFlight
        move(pair, to: Self.newPort)
        #expect(pair.server.core.paths.current.remote == Self.newPort)
        #expect(pair.server.core.congestion.window == window)
        #expect(pair.server.core.recovery.rtt.hasSample)
        #expect(pair.server.core.session.sent.bytesInFlight == inFlight)
    }

    @Test func `a new network begins with the first window and no round trip`() throws {
        let pair = try busyPair()
        move(pair, to: CorePair.otherAddress)
        let size = pair.server.core.congestion.datagramSize
        #expect(pair.server.core.congestion.window == Limits.initialWindowPackets * size)
        #expect(!pair.server.core.recovery.rtt.hasSample)
        #expect(pair.server.core.session.sent.bytesInFlight == 0)
    }

    @Test func `what went through the old network teaches nothing about the new one`() throws {
        let pair = try busyPair()
        let largest = pair.server.core.session.sent.nextNumber - 1
        let oldest = pair.server.core.session.sent.firstOutstanding
        pair.wait(.milliseconds(100))
        move(pair, to: CorePair.otherAddress)
        let window = pair.server.core.congestion.window
        // The last five arrived, the others count as lost.
        let acknowledgement = pair.client.sealed { writer in
            writer.writeFrame(.ack, largest)
            writer.writeVariableLengthInteger(0)
            writer.writeVariableLengthInteger(0)
            writer.writeVariableLengthInteger(4)
        }
        pair.server.receive(acknowledgement, from: CorePair.otherAddress, now: pair.now)
        #expect(pair.server.core.session.sent.firstOutstanding > oldest)
        #expect(pair.server.core.congestion.window == window)
        #expect(pair.server.core.statistics.packetsLost > 0)
        #expect(!pair.server.core.recovery.rtt.hasSample)
        #expect(pair.server.core.session.sent.bytesInFlight == 0)
    }
}
