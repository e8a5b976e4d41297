import Testing

@testable import SUDPProtocol

@Suite struct ShortHeaderTests {
    private func bytes(keyPhase: UInt8 = 0, number: UInt64 = 0x1_2345_6789) -> [UInt8] {
        ByteWriter.bytes(capacity: 20) {
            ShortHeader.write(
                to: &$0, destination: ConnectionID(value: 0x0102_0304_0506_0708),
                keyPhase: keyPhase, packetNumber: number)
        }
    }

    private func parse(_ bytes: [UInt8]) -> ShortHeader? {
        var bytes = bytes
        return bytes.withUnsafeMutableBytes { ShortHeader($0) }
    }

    @Test(arguments: [0, 1] as [UInt8])
    func `what was written is read back`(_ keyPhase: UInt8) throws {
        let written = bytes(keyPhase: keyPhase)
        #expect(written.count == ShortHeader.byteCount)
        let header = try #require(parse(written))
        #expect(header.keyPhase == keyPhase)
        #expect(header.truncatedPacketNumber == 0x2345_6789)
    }

    @Test func `no header is read from fewer bytes than it has`() {
        let written = bytes()
        for count in 0..<written.count { #expect(parse(Array(written[..<count])) == nil) }
    }

    @Test(arguments: [0x80, 0x40, 0x10, 0x08, 0x02, 0x01] as [UInt8])
    func `wrong form and reserved bits are malformed`(_ bit: UInt8) {
        var packet = bytes()
        packet[0] ^= bit
        #expect(parse(packet) == nil)
    }
}
