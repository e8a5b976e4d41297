/// Takes choices off the front of a fuzzer's bytes.
struct FuzzInput {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next byte; 0 behind the end.
    mutating func byte() -> UInt8 {
        rest.popFirst() ?? 0
    }

    /// A number of two bytes.
    mutating func short() -> UInt64 {
        UInt64(byte()) << 8 | UInt64(byte())
    }

    /// A number of any magnitude: a byte says how many bytes follow.
    mutating func number() -> UInt64 {
        (0..<(byte() % 9)).reduce(0) { value, _ in value << 8 | UInt64(byte()) }
    }

    /// At most `count` bytes.
    mutating func bytes(_ count: Int) -> [UInt8] {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// Bytes whose number the next two bytes give.
    mutating func string() -> [UInt8] {
        let count = short()
        return bytes(Int(count))
    }
}
