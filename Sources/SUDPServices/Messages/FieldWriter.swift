/// Collects the fields of a message in order, integers with the highest byte first.
struct FieldWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ integer: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: integer.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: integer >> shift))
        }
    }

    mutating func write(raw more: some Collection<UInt8>) {
        bytes += more
    }

    /// Bytes behind their 16-bit count; there are fewer than 65,536 of them.
    mutating func writeBytes(_ more: some Collection<UInt8>) {
        write(UInt16(more.count))
        bytes += more
    }

    /// Text as UTF-8 behind its 16-bit count.
    mutating func writeText(_ text: String) {
        writeBytes(text.utf8)
    }
}
