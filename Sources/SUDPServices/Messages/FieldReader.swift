/// Reads the fields of a message in order; every read that lacks bytes gives nil.
struct FieldReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func read(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func readInteger<Integer: FixedWidthInteger & UnsignedInteger>(
        _: Integer.Type
    ) -> Integer? {
        read(Integer.bitWidth / 8)?.reduce(0) { $0 << 8 | Integer($1) }
    }

    mutating func readUInt8() -> UInt8? { rest.popFirst() }

    mutating func readUInt16() -> UInt16? { readInteger(UInt16.self) }

    mutating func readUInt32() -> UInt32? { readInteger(UInt32.self) }

    mutating func readUInt64() -> UInt64? { readInteger(UInt64.self) }

    /// Bytes behind their 16-bit count.
    mutating func readBytes(atMost limit: Int) -> [UInt8]? {
        guard let count = readUInt16(), count <= limit else { return nil }
        return read(Int(count)).map(Array.init)
    }

    /// Text behind the 16-bit count of its UTF-8; nil when it is not valid UTF-8.
    mutating func readText(atMost limit: Int) -> String? {
        readBytes(atMost: limit).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
