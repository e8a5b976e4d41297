/// The 16 bytes by which a server proves that it has forgotten a connection (RFC 9000 §10.3).
@frozen public struct ResetToken: Hashable, Sendable {
    static let byteCount = 16

    let high: UInt64
    let low: UInt64

    /// Reads the last 16 bytes of a datagram; nil when there are fewer.
    init?(endOf datagram: UnsafeRawBufferPointer) {
        guard datagram.count >= Self.byteCount else { return nil }
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: datagram.suffix(Self.byteCount)))
        guard let high = reader.readUInt64(), let low = reader.readUInt64() else { return nil }
        self.high = high
        self.low = low
    }

    init?(_ bytes: [UInt8]) {
        guard let token = bytes.withUnsafeBytes({ ResetToken(endOf: $0) }) else { return nil }
        self = token
    }
}
