import Testing

@testable import SUDPProtocol

@Suite struct SessionProtectionTests {
    private static let now = Instant(nanoseconds: 100_000_000_000)

    private func sealed(payload: [UInt8]) -> [UInt8] {
        var protection = SessionProtection.plaintext
        var bytes = ByteWriter.bytes(capacity: 2000) { writer in
            ShortHeader.write(
                to: &writer, destination: ConnectionID(value: 1), keyPhase: 0, packetNumber: 5)
            writer.write(payload)
            writer.writeZeros(SessionProtection.checksumByteCount)
        }
        let isSealed = bytes.withUnsafeMutableBytes {
            protection.sealTrain($0, segmentByteCount: $0.count, firstPacketNumber: 5)
        }
        #expect(isSealed)
        return bytes
    }

    private func isOpened(_ bytes: [UInt8]) -> Bool {
        var bytes = bytes
        var protection = SessionProtection.plaintext
        return bytes.withUnsafeMutableBytes { buffer in
            protection.unmask(buffer, segmentByteCount: buffer.count)
            return protection.open(buffer, packetNumber: 5, keyPhase: 0, now: Self.now) == .opened
        }
    }

    @Test func `a checksum finds every flipped bit and every cut`() {
        let packet = sealed(payload: [UInt8](0..<50))
        #expect(isOpened(packet))
        for index in packet.indices {
            for bit in 0..<8 {
                var damaged = packet
                damaged[index] ^= 1 << UInt8(bit)
                #expect(!isOpened(damaged))
            }
            #expect(!isOpened(Array(packet[..<index])))
        }
    }

    @Test func `each segment of a train has a checksum of its own`() {
        var protection = SessionProtection.plaintext
        var train = [UInt8](repeating: 0x40, count: 250)
        let isSealed = train.withUnsafeMutableBytes {
            protection.sealTrain($0, segmentByteCount: 100, firstPacketNumber: 0)
        }
        #expect(isSealed)
        for range in [0..<100, 100..<200, 200..<250] { #expect(isOpened(Array(train[range]))) }
    }

    @Test func `the trailer is what the mode needs`() {
        let secure = SessionProtection(keys: SecureKeys(master: CorePair.secret(1), side: .client))
        #expect(secure.trailerByteCount == 16)
        #expect(SessionProtection.plaintext.trailerByteCount == 4)
    }
}
