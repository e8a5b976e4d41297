import SUDPCrypto
import Testing

@Suite struct HeaderProtectionTests {
    let protection: HeaderProtection

    init() throws {
        protection = HeaderProtection(secret: try #require(Secret([UInt8](0..<32))))
    }

    private func masked(
        _ train: [UInt8], segmentByteCount: Int, packetNumberOffset: Int = 9
    ) -> [UInt8] {
        var train = train
        train.withUnsafeMutableBytes {
            protection.apply(
                $0, segmentByteCount: segmentByteCount, packetNumberOffset: packetNumberOffset)
        }
        return train
    }

    private func noise(_ count: Int) throws -> [UInt8] {
        var random = RandomBitGenerator(
            seed: try #require(Secret([UInt8](repeating: 4, count: 32))))
        return random.bytes(count)
    }

    // The mask is `openssl enc -aes-256-ecb` of the sample under the known header key.
    @Test func `the mask is the encrypted sample`() {
        let mask = bytes("8ed49d1f3f6ad1cd10ac0028a24c7041")
        let sample = bytes("00112233445566778899aabbccddeeff")
        let packet = [UInt8](repeating: 0, count: 13) + sample + [1, 2, 3]
        var expected = packet
        expected[0] = mask[0] & 0x1f
        expected.replaceSubrange(9..<13, with: mask[1...4])
        #expect(masked(packet, segmentByteCount: packet.count) == expected)
    }

    @Test(arguments: [1, 2, 44, 63, 64, 65, 128, 200])
    func `masking twice changes nothing and once changes only headers`(_ count: Int) throws {
        let train = try noise(count * 50 - 5)
        let once = masked(train, segmentByteCount: 50)
        #expect(once != train)
        #expect(masked(once, segmentByteCount: 50) == train)
        for index in train.indices where train[index] != once[index] {
            let position = index % 50
            #expect(position == 0 || (9..<13).contains(position))
            #expect(position != 0 || (train[index] ^ once[index]) & 0xe0 == 0)
        }
    }

    @Test func `a train equals its packets masked one by one`() throws {
        let train = try noise(70 * 40)
        let packets = stride(from: 0, to: train.count, by: 40).map {
            masked([UInt8](train[$0..<($0 + 40)]), segmentByteCount: 40)
        }
        #expect(masked(train, segmentByteCount: 40) == packets.flatMap { $0 })
    }

    @Test func `a packet that ends before its sample is left alone`() throws {
        let train = try noise(40 + 28)
        let result = masked(train, segmentByteCount: 40)
        #expect(result.suffix(28) == train.suffix(28))
        #expect(result.prefix(40) != train.prefix(40))
        #expect(masked(try noise(41), segmentByteCount: 20) == (try noise(41)))
    }

    @Test(arguments: [(0, 9), (-1, 9), (40, -1), (40, 100), (40, Int.max), (Int.min, Int.min)])
    func `impossible sizes change nothing`(_ segment: Int, _ offset: Int) throws {
        let train = try noise(80)
        #expect(masked(train, segmentByteCount: segment, packetNumberOffset: offset) == train)
        #expect(masked([], segmentByteCount: 40).isEmpty)
    }
}
