import Testing

@testable import SUDPProtocol

@Suite struct RetryPacketTests {
    private static let original = ConnectionID(value: 3)
    private static let token: [UInt8] = [1, 2, 3, 4, 5]

    private func packet(token: [UInt8] = token) -> [UInt8] {
        RetryPacket.encode(
            destination: ConnectionID(value: 1), source: ConnectionID(value: 2), token: token,
            original: Self.original)
    }

    private func token(of packet: [UInt8], original: ConnectionID = original) -> [UInt8]? {
        packet.withUnsafeBytes { buffer in
            LongHeader(buffer).flatMap { header in
                RetryPacket.token(of: buffer, header: header, original: original)
            }
        }
    }

    @Test func `the token comes back under the original connection ID only`() {
        #expect(token(of: packet()) == Self.token)
        #expect(token(of: packet(), original: ConnectionID(value: 4)) == nil)
    }

    @Test func `every flipped bit and every cut is noticed`() {
        let packet = packet()
        for index in packet.indices {
            for bit in 0..<8 {
                var damaged = packet
                damaged[index] ^= 1 << UInt8(bit)
                #expect(token(of: damaged) == nil)
            }
            #expect(token(of: Array(packet[..<index])) == nil)
        }
    }

    @Test func `an empty token and one over the limit are refused`() {
        let longest = [UInt8](repeating: 9, count: Limits.tokenByteCountMaximum)
        #expect(token(of: packet(token: [])) == nil)
        #expect(token(of: packet(token: longest)) == longest)
        #expect(token(of: packet(token: longest + [9])) == nil)
    }
}
