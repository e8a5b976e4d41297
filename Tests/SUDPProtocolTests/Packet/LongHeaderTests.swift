import Testing

@testable import SUDPProtocol

@Suite struct LongHeaderTests {
    private static let destination = ConnectionID(value: 0x0102_0304_0506_0708)
    private static let source = ConnectionID(value: 0x1112_1314_1516_1718)

    private func bytes(
        _ type: LongHeader.PacketType, destination: ConnectionID = destination,
        source: ConnectionID = source, token: [UInt8] = [], number: UInt64? = 0xaabb_ccdd
    ) -> [UInt8] {
        let header = LongHeader(
            type: type, destination: destination, source: source, token: token)
        return ByteWriter.bytes(capacity: 400) { header.write(to: &$0, packetNumber: number) }
    }

    private func parse(_ bytes: [UInt8]) -> LongHeader? {
        bytes.withUnsafeBytes { LongHeader($0) }
    }

    @Test func `a SYN has the bytes that the specification shows`() {
        let expected: [UInt8] = [
            0xc0, 0x53, 0x55, 0x44, 0x01, 8, 1, 2, 3, 4, 5, 6, 7, 8, 8, 0x11, 0x12, 0x13, 0x14,
            0x15, 0x16, 0x17, 0x18, 2, 0xee, 0xff, 0xaa, 0xbb, 0xcc, 0xdd,
        ]
        #expect(bytes(.syn, token: [0xee, 0xff]) == expected)
    }

    @Test(
        arguments: [LongHeader.PacketType.syn, .synAck, .early, .retry],
        [8, 9, 16, 20])
    func `what was written is read back`(
        _ type: LongHeader.PacketType, _ byteCount: Int
    ) throws {
        let destination = try #require(ConnectionID((0..<byteCount).map { UInt8($0 + 1) }))
        let token = type == .syn ? [UInt8](repeating: 7, count: byteCount) : []
        let number: UInt64? = type == .retry ? nil : 77
        let written = bytes(type, destination: destination, token: token, number: number)
        let header = try #require(parse(written + [1, 2, 3]))
        #expect(header.type == type)
        #expect(header.destination == destination)
        #expect(header.source == Self.source)
        #expect(header.token == token)
        #expect(header.packetNumber == number.map { UInt32($0) })
        #expect(header.byteCount == written.count)
    }

    @Test(arguments: [LongHeader.PacketType.syn, .synAck, .early, .retry])
    func `no header is read from fewer bytes than it has`(_ type: LongHeader.PacketType) {
        let written = bytes(
            type, token: type == .syn ? [1, 2, 3] : [], number: type == .retry ? nil : 5)
        for count in 0..<written.count { #expect(parse(Array(written[..<count])) == nil) }
    }

    @Test(arguments: [0, 1, 7, 9, 20])
    func `a source that DATA packets cannot carry is malformed`(_ byteCount: Int) throws {
        let source = try #require(ConnectionID([UInt8](repeating: 1, count: byteCount)))
        #expect(parse(bytes(.syn, source: source)) == nil)
    }

    @Test(arguments: [21, 255] as [UInt8])
    func `connection IDs over 20 bytes are malformed`(_ byteCount: UInt8) {
        var packet = bytes(.syn) + [UInt8](repeating: 0, count: 600)
        packet[5] = byteCount
        #expect(parse(packet) == nil)
    }

    @Test func `a token over the limit is malformed`() {
        let longest = [UInt8](repeating: 1, count: Limits.tokenByteCountMaximum)
        #expect(parse(bytes(.syn, token: longest)) != nil)
        #expect(parse(bytes(.syn, token: longest + [1])) == nil)
    }

    @Test(arguments: [0x40, 0x01, 0x02, 0x04, 0x08] as [UInt8])
    func `wrong fixed and reserved bits are malformed`(_ bit: UInt8) {
        var packet = bytes(.syn)
        packet[0] ^= bit
        #expect(parse(packet) == nil)
    }

    @Test func `another version is not ours to read`() {
        var packet = bytes(.syn)
        packet[4] ^= 3
        #expect(parse(packet) == nil)
    }
}
