/// Writes wire fields into memory that a caller keeps alive; a field that does not fit is refused
/// whole and remembered in `overflowed`.
struct ByteWriter {
    private let memory: UnsafeMutableRawBufferPointer
    private(set) var count = 0
    private(set) var overflowed = false

    init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    var room: Int { memory.count - count }

    private mutating func claim(_ length: Int) -> Int? {
        guard length <= room else {
            overflowed = true
            return nil
        }
        defer { count += length }
        return count
    }

    mutating func write(_ value: UInt8) {
        guard let at = claim(1) else { return }
        memory[at] = value
    }

    mutating func write(_ value: UInt16) {
        guard let at = claim(2) else { return }
        memory.storeBytes(of: value.bigEndian, toByteOffset: at, as: UInt16.self)
    }

    mutating func write(_ value: UInt32) {
        guard let at = claim(4) else { return }
        memory.storeBytes(of: value.bigEndian, toByteOffset: at, as: UInt32.self)
    }

    mutating func write(_ value: UInt64) {
        guard let at = claim(8) else { return }
        memory.storeBytes(of: value.bigEndian, toByteOffset: at, as: UInt64.self)
    }

    mutating func write(_ bytes: some Collection<UInt8>) {
        guard let at = claim(bytes.count) else { return }
        UnsafeMutableRawBufferPointer(rebasing: memory[at..<(at + bytes.count)])
            .copyBytes(from: bytes)
    }

    /// Lets `body` fill exactly `length` bytes.
    mutating func write(length: Int, _ body: (UnsafeMutableRawBufferPointer) -> Void) {
        guard let at = claim(length) else { return }
        body(UnsafeMutableRawBufferPointer(rebasing: memory[at..<(at + length)]))
    }

    mutating func writeZeros(_ length: Int) {
        guard length > 0, let at = claim(length) else { return }
        UnsafeMutableRawBufferPointer(rebasing: memory[at..<(at + length)])
            .initializeMemory(as: UInt8.self, repeating: 0)
    }

    /// How many bytes `value` takes as a variable-length integer (RFC 9000 §16).
    static func byteCount(of value: UInt64) -> Int {
        switch value {
        case ..<0x40: 1
        case ..<0x4000: 2
        case ..<0x4000_0000: 4
        default: 8
        }
    }

    mutating func writeVariableLengthInteger(_ value: UInt64) {
        switch value {
        case ..<0x40: write(UInt8(truncatingIfNeeded: value))
        case ..<0x4000: write(0x4000 | UInt16(truncatingIfNeeded: value))
        case ..<0x4000_0000: write(0x8000_0000 | UInt32(truncatingIfNeeded: value))
        default: write(0xc000_0000_0000_0000 | value)
        }
    }

    /// The bytes that `body` writes into at most `capacity` bytes.
    static func bytes(capacity: Int, _ body: (inout ByteWriter) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var writer = ByteWriter(UnsafeMutableRawBufferPointer(buffer))
            body(&writer)
            count = writer.count
        }
    }
}

extension ByteWriter {
    mutating func writeConnectionID(_ connectionID: ConnectionID) {
        if connectionID.byteCount == 8 {
            write(connectionID.high)
        } else {
            write(connectionID.bytes)
        }
    }
}
