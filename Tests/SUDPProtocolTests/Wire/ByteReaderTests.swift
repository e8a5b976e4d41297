import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct ByteReaderTests {
    // RFC 9000 appendix A.1.
    @Test(
        arguments: [
            ([0xc2, 0x19, 0x7c, 0x5e, 0xff, 0x14, 0xe8, 0x8c], 151_288_809_941_952_652),
            ([0x9d, 0x7f, 0x3e, 0x7d], 494_878_333), ([0x7b, 0xbd], 15_293), ([0x25], 37),
            ([0x40, 0x25], 37),
        ] as [([UInt8], UInt64)])
    func `variable-length integers agree with RFC 9000`(_ bytes: [UInt8], _ value: UInt64) {
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            #expect(reader.readVariableLengthInteger() == value)
            #expect(reader.isAtEnd)
        }
    }

    @Test(arguments: [0x00, 0x40, 0x80, 0xc0] as [UInt8])
    func `a cut integer is not read and nothing traps`(_ first: UInt8) {
        let full = [first] + [UInt8](repeating: 1, count: (1 << Int(first >> 6)) - 1)
        for count in 0..<full.count {
            Array(full[..<count]).withUnsafeBytes { buffer in
                var reader = ByteReader(buffer)
                #expect(reader.readVariableLengthInteger() == nil)
                #expect(reader.remaining >= 0)
            }
        }
    }

    @Test func `fixed integers are big-endian and need all their bytes`() {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            #expect(reader.readUInt64() == 0x0102_0304_0506_0708)
            #expect(reader.readUInt8() == nil)
        }
        for count in 0..<8 {
            Array(bytes[..<count]).withUnsafeBytes { buffer in
                var reader = ByteReader(buffer)
                #expect(reader.readUInt64() == nil)
                #expect(reader.readUInt32() == (count >= 4 ? 0x0102_0304 : nil))
            }
        }
    }

    @Test(arguments: [UInt64(1 << 62) - 1, 1 << 32, 4, 3, 0])
    func `a length is read only when so many bytes follow`(_ length: UInt64) {
        let bytes =
            ByteWriter.bytes(capacity: 8) { $0.writeVariableLengthInteger(length) } + [1, 2, 3]
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            #expect(reader.readLength() == (length <= 3 ? Int(length) : nil))
        }
    }

    @Test(arguments: [Int.min, -1, 4, Int.max])
    func `a slice outside the bytes is refused and the position stays`(_ count: Int) {
        [UInt8](arrayLiteral: 1, 2, 3).withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            #expect(reader.readSlice(count) == nil)
            #expect(reader.readBytes(count) == nil)
            #expect(reader.readConnectionID(count) == nil)
            #expect(reader.offset == 0)
        }
    }

    @Test func `zeros are skipped up to the first other byte or the end`() {
        [UInt8](arrayLiteral: 0, 0, 0, 5, 0).withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            #expect(reader.skipZeros() == 3)
            #expect(reader.skipZeros() == 0)
            #expect(reader.readUInt8() == 5)
            #expect(reader.skipZeros() == 1)
            #expect(reader.isAtEnd)
            #expect(reader.skipZeros() == 0)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `no sequence of reads leaves the bytes`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = random.bytes(Int(random.below(64)))
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            for _ in 0..<100 {
                switch random.below(7) {
                case 0: _ = reader.readUInt8()
                case 1: _ = reader.readUInt32()
                case 2: _ = reader.readUInt64()
                case 3: _ = reader.readVariableLengthInteger()
                case 4: _ = reader.readLength().map { reader.readSlice($0) }
                case 5: _ = reader.readConnectionID(Int(random.below(24)))
                default: _ = reader.skipZeros()
                }
                #expect(reader.remaining >= 0)
                #expect(reader.offset + reader.remaining == bytes.count)
            }
        }
    }
}
