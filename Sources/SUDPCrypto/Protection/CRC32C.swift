internal import COpenSSL

/// The Castagnoli checksum of RFC 3720 §12.1: reflected, initial value and final XOR all ones.
public enum CRC32C {
    private static let isInHardware = sudp_has_crc32c() != 0
    private static let tables = makeTables()

    /// The checksum of `bytes`.
    public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard isInHardware else { return tableChecksum(bytes) }
        let base = bytes.bindMemory(to: UInt8.self).baseAddress
        return ~sudp_crc32c(.max, base, bytes.count)
    }

    package static func tableChecksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var crc = UInt32.max
            var offset = 0
            while bytes.count &- offset >= 8 {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let mixed = word ^ UInt64(crc)
                crc = 0
                for index in 0..<8 {
                    let byte = Int(mixed >> UInt64(8 &* index) & 0xff)
                    crc ^= tables[(7 &- index) &* 256 &+ byte]
                }
                offset &+= 8
            }
            while offset < bytes.count {
                crc = crc >> 8 ^ tables[Int((crc ^ UInt32(bytes[offset])) & 0xff)]
                offset &+= 1
            }
            return ~crc
        }
    }

    private static func makeTables() -> [UInt32] {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            tables[byte] = (0..<8).reduce(UInt32(byte)) { crc, _ in
                crc & 1 == 1 ? crc >> 1 ^ 0x82f6_3b78 : crc >> 1
            }
        }
        for index in 256..<tables.count {
            let previous = tables[index - 256]
            tables[index] = previous >> 8 ^ tables[Int(previous & 0xff)]
        }
        return tables
    }
}
