import SUDPCrypto
import Testing

@Suite struct CRC32CTests {
    // RFC 3720 appendix B.4, and the usual check value.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
            ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
            ([UInt8](0..<32), 0x46dd_794e),
            ([UInt8]((0..<32).reversed()), 0x113f_db5c),
            (
                bytes(
                    """
                    01c00000 00000000 00000000 00000000 14000000 00000400
                    00000014 00000018 28000000 00000000 02000000 00000000
                    """), 0xd996_3a56
            ),
            ([UInt8]("123456789".utf8), 0xe306_9283),
            ([], 0),
        ] as [([UInt8], UInt32)])
    func `checksums agree with RFC 3720`(_ input: [UInt8], _ checksum: UInt32) {
        #expect(input.withUnsafeBytes { CRC32C.checksum($0) } == checksum)
        #expect(input.withUnsafeBytes { CRC32C.tableChecksum($0) } == checksum)
    }

    @Test func `instruction and table agree at every length and alignment`() throws {
        var random = RandomBitGenerator(
            seed: try #require(Secret([UInt8](repeating: 3, count: 32))))
        let input = random.bytes(9000)
        input.withUnsafeBytes { input in
            for count in Array(0...600) + [1200, 1452, 4096, 8900] {
                let slice = UnsafeRawBufferPointer(rebasing: input[(count % 9)...].prefix(count))
                #expect(CRC32C.checksum(slice) == CRC32C.tableChecksum(slice))
            }
        }
    }

    @Test func `every single changed bit changes the checksum`() {
        var input = [UInt8](repeating: 0x5a, count: 100)
        let checksum = input.withUnsafeBytes { CRC32C.checksum($0) }
        for bit in 0..<800 {
            input[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(input.withUnsafeBytes { CRC32C.checksum($0) } != checksum)
            input[bit / 8] ^= 1 << UInt8(bit % 8)
        }
    }
}
