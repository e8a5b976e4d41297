import Testing

@testable import SUDPProtocol

@Suite struct SecureKeysTests {
    private static let now = Instant(nanoseconds: 100_000_000_000)

    /// Both ends of one connection's keys.
    private struct Ends {
        var client = SecureKeys(master: CorePair.secret(1), side: .client)
        var server = SecureKeys(master: CorePair.secret(1), side: .server)
    }

    /// A sealed packet with the phase it shows.
    private struct Packet {
        var bytes: [UInt8]
        var number: UInt64
    }

    private func seal(_ number: UInt64, with keys: inout SecureKeys) -> Packet {
        var bytes = ByteWriter.bytes(capacity: 100) { writer in
            ShortHeader.write(
                to: &writer, destination: ConnectionID(value: 1), keyPhase: keys.keyPhase,
                packetNumber: number)
            writer.write([1, 2, 3, 4])
            writer.writeZeros(16)
        }
        bytes.withUnsafeMutableBytes { buffer in
            let isSealed = keys.sealTrain(
                buffer, segmentByteCount: buffer.count, firstPacketNumber: number)
            #expect(isSealed)
        }
        return Packet(bytes: bytes, number: number)
    }

    private func open(
        _ packet: Packet, with keys: inout SecureKeys, now: Instant = now
    ) -> SecureKeys.OpenResult {
        var bytes = packet.bytes
        return bytes.withUnsafeMutableBytes { buffer in
            keys.unmask(buffer, segmentByteCount: buffer.count)
            guard let header = ShortHeader(buffer) else { return .forged }
            let result = keys.open(
                buffer, packetNumber: packet.number, keyPhase: header.keyPhase, now: now)
            guard result == .opened || result == .openedNextGeneration else { return result }
            let payload = buffer[ShortHeader.byteCount..<(ShortHeader.byteCount + 4)]
            return Array(payload) == [1, 2, 3, 4] ? result : .forged
        }
    }

    @Test func `each end opens what the other sealed, and not its own`() {
        var ends = Ends()
        let up = seal(1, with: &ends.client)
        let down = seal(1, with: &ends.server)
        #expect(open(up, with: &ends.server) == .opened)
        #expect(open(down, with: &ends.client) == .opened)
        #expect(open(up, with: &ends.client) == .forged)
        var stranger = SecureKeys(master: CorePair.secret(2), side: .server)
        #expect(open(up, with: &stranger) == .forged)
    }

    @Test func `a wrong number and every flipped bit are forgeries`() {
        var ends = Ends()
        let packet = seal(7, with: &ends.client)
        #expect(open(Packet(bytes: packet.bytes, number: 8), with: &ends.server) == .forged)
        for index in packet.bytes.indices {
            var damaged = packet
            damaged.bytes[index] ^= 0x04
            #expect(open(damaged, with: &ends.server) == .forged)
        }
        #expect(open(packet, with: &ends.server) == .opened)
    }

    @Test func `no update before the peer acknowledged this generation`() {
        var ends = Ends()
        #expect(!ends.client.mayUpdate)
        ends.client.onAcked(generation: ends.client.generation)
        #expect(ends.client.mayUpdate)
        ends.client.advanceSealing()
        #expect(!ends.client.mayUpdate)
        ends.client.onAcked(generation: 0)
        ends.client.onAcked(generation: ends.client.generation)
        // The peer has not followed yet.
        #expect(!ends.client.mayUpdate)
        let packet = seal(0, with: &ends.client)
        _ = seal(0, with: &ends.server)
        #expect(open(packet, with: &ends.server) == .openedNextGeneration)
        let answer = seal(1, with: &ends.server)
        #expect(open(answer, with: &ends.client) == .openedNextGeneration)
        #expect(ends.client.mayUpdate)
    }

    @Test func `packets that change places around an update are all opened`() {
        var ends = Ends()
        _ = seal(0, with: &ends.server)
        let old = (0..<10 as Range<UInt64>).map { seal($0, with: &ends.client) }
        ends.client.advanceSealing()
        let new = (10..<20 as Range<UInt64>).map { seal($0, with: &ends.client) }
        for (index, packet) in new.reversed().enumerated() {
            #expect(
                open(packet, with: &ends.server) == (index == 0 ? .openedNextGeneration : .opened))
        }
        for packet in old { #expect(open(packet, with: &ends.server) == .opened) }
        #expect(ends.server.sealingGeneration == 1)
        #expect(ends.server.keyPhase == 1)
    }

    @Test func `the old generation ends with its time`() {
        var ends = Ends()
        _ = seal(0, with: &ends.server)
        let old = seal(3, with: &ends.client)
        ends.client.advanceSealing()
        #expect(open(seal(5, with: &ends.client), with: &ends.server) == .openedNextGeneration)
        ends.server.retainPrevious(until: Self.now + .seconds(1))
        #expect(open(old, with: &ends.server) == .opened)
        #expect(open(old, with: &ends.server, now: Self.now + .seconds(1)) == .forged)
    }

    @Test func `the old generation's keys do not outlive their time`() {
        var ends = Ends()
        _ = seal(0, with: &ends.server)
        ends.client.advanceSealing()
        #expect(open(seal(5, with: &ends.client), with: &ends.server) == .openedNextGeneration)
        ends.server.retainPrevious(until: Self.now + .seconds(1))
        ends.server.forgetPrevious(now: Self.now)
        #expect(ends.server.hasPrevious)
        ends.server.forgetPrevious(now: Self.now + .seconds(1))
        #expect(!ends.server.hasPrevious)
        #expect(ends.server.previousExpiry == nil)
    }

    @Test func `two generations back are gone`() {
        var ends = Ends()
        _ = seal(0, with: &ends.server)
        let oldest = seal(1, with: &ends.client)
        ends.client.advanceSealing()
        #expect(open(seal(2, with: &ends.client), with: &ends.server) == .openedNextGeneration)
        _ = seal(1, with: &ends.server)
        ends.client.advanceSealing()
        #expect(open(seal(3, with: &ends.client), with: &ends.server) == .openedNextGeneration)
        // Its phase looks like the current one.
        #expect(open(oldest, with: &ends.server) == .forged)
    }

    @Test func `a second update before we could follow the first is refused`() {
        var ends = Ends()
        _ = seal(0, with: &ends.server)
        ends.client.advanceSealing()
        #expect(open(seal(1, with: &ends.client), with: &ends.server) == .openedNextGeneration)
        ends.client.advanceSealing()
        #expect(open(seal(2, with: &ends.client), with: &ends.server) == .updatedTooSoon)
        _ = seal(1, with: &ends.server)
        #expect(open(seal(3, with: &ends.client), with: &ends.server) == .openedNextGeneration)
    }

    @Test func `a flipped phase alone changes no keys`() {
        var ends = Ends()
        _ = seal(0, with: &ends.server)
        var bytes = seal(1, with: &ends.client).bytes
        bytes[0] ^= 0x04
        #expect(open(Packet(bytes: bytes, number: 1), with: &ends.server) == .forged)
        #expect(ends.server.sealingGeneration == 0)
        #expect(open(seal(2, with: &ends.client), with: &ends.server) == .opened)
    }

    @Test func `every packet of a train counts against the key`() {
        var keys = SecureKeys(master: CorePair.secret(1), side: .client)
        var train = [UInt8](repeating: 0x40, count: 3 * 100 + 50)
        let isSealed = train.withUnsafeMutableBytes {
            keys.sealTrain($0, segmentByteCount: 100, firstPacketNumber: 0)
        }
        #expect(isSealed)
        #expect(keys.sealedInGeneration == 4)
        keys.advanceSealing()
        #expect(keys.sealedInGeneration == 0)
    }
}
