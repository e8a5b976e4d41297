internal import SUDPCrypto

/// The token of a RETRY: proves that its bearer received it at its address a short while ago.
struct AddressToken {
    private let key: Secret

    private static let macByteCount = 32

    init(key: Secret) {
        self.key = key
    }

    func make(
        for path: NetworkPath, original: ConnectionID, retrySource: ConnectionID, now: Instant
    ) -> [UInt8] {
        let body =
            now.nanoseconds.bigEndianBytes + [UInt8(original.byteCount)] + original.bytes
        return body + mac(body, path, retrySource)
    }

    /// The client's original connection ID when the token is genuine, fresh, and for this path.
    func original(
        in token: [UInt8], path: NetworkPath, retrySource: ConnectionID, now: Instant
    ) -> ConnectionID? {
        guard token.count > Self.macByteCount else { return nil }
        let body = Array(token.dropLast(Self.macByteCount))
        guard
            ConstantTime.equal(mac(body, path, retrySource), Array(token.suffix(Self.macByteCount)))
        else { return nil }
        return body.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            guard let time = reader.readUInt64(),
                now - Instant(nanoseconds: time) <= Limits.retryTokenLifetime,
                let length = reader.readUInt8(), Int(length) == reader.remaining
            else { return nil }
            return reader.readConnectionID(Int(length))
        }
    }

    private func mac(_ body: [UInt8], _ path: NetworkPath, _ retrySource: ConnectionID) -> [UInt8] {
        HMACSHA256.authenticate(
            body + path.remote.tokenBytes + retrySource.bytes, key: key)
    }
}
