extension PacketNumber {
    /// The number closest to `expected` whose low 32 bits are `truncated` (RFC 9000 A.3).
    static func expand(_ truncated: UInt32, expected: UInt64) -> UInt64 {
        let window: UInt64 = 1 << 32
        let candidate = expected & ~(window - 1) | UInt64(truncated)
        if candidate + window / 2 <= expected, candidate < 1 << 62 - window {
            return candidate + window
        }
        if candidate > expected + window / 2, candidate >= window { return candidate - window }
        return candidate
    }
}
