/// Reads wire fields from bytes that a caller keeps alive; every read checks the bounds.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var remaining: Int { bytes.count - offset }
    var isAtEnd: Bool { offset == bytes.count }

    mutating func readUInt8() -> UInt8? {
        guard remaining >= 1 else { return nil }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func readUInt32() -> UInt32? {
        guard remaining >= 4 else { return nil }
        defer { offset += 4 }
        return UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    mutating func readUInt64() -> UInt64? {
        guard remaining >= 8 else { return nil }
        defer { offset += 8 }
        return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    // RFC 9000 §16: the two highest bits of the first byte give the length.
    mutating func readVariableLengthInteger() -> UInt64? {
        guard remaining >= 1 else { return nil }
        let first = bytes[offset]
        let length = 1 << Int(first >> 6)
        guard remaining >= length else { return nil }
        defer { offset += length }
        guard remaining < 8 else {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            return (UInt64(bigEndian: word) & ~(3 << 62)) >> UInt64(64 - 8 * length)
        }
        return bytes[(offset + 1)..<(offset + length)].reduce(UInt64(first & 0x3f)) {
            $0 << 8 | UInt64($1)
        }
    }

    /// A length field that must fit into what remains.
    mutating func readLength() -> Int? {
        guard let value = readVariableLengthInteger(), let length = Int(exactly: value),
            length <= remaining
        else { return nil }
        return length
    }

    mutating func readSlice(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= remaining else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
    }

    mutating func readBytes(_ count: Int) -> [UInt8]? {
        readSlice(count).map(Array.init)
    }

    mutating func readConnectionID(_ count: Int) -> ConnectionID? {
        readSlice(count).flatMap { ConnectionID($0) }
    }

    /// Skips the zero bytes that follow and returns how many there were.
    mutating func skipZeros() -> Int {
        let start = offset
        while offset < bytes.count, bytes[offset] == 0 { offset += 1 }
        return offset - start
    }
}
