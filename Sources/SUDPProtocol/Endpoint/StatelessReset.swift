internal import SUDPCrypto

/// The answer to packets of a connection that is not known any more (RFC 9000 §10.3).
struct StatelessReset {
    private let key: Secret
    private var budget: TokenBucket

    init(key: Secret) {
        self.key = key
        budget = TokenBucket(rate: Limits.resetsPerSecond, burst: Limits.resetsPerSecond)
    }

    func token(for connectionID: ConnectionID, local: NetworkAddress) -> [UInt8] {
        let message = local.tokenBytes + connectionID.bytes
        return Array(HMACSHA256.authenticate(message, key: key).prefix(16))
    }

    /// The reset for a packet of `triggerByteCount` bytes: shorter, and of two lengths only, so
    /// that two endpoints answer each other twice at most (RFC 9000 §10.3.3).
    mutating func answer(
        to connectionID: ConnectionID, local: NetworkAddress, triggerByteCount: Int,
        random: inout RandomBitGenerator, now: Instant
    ) -> [UInt8]? {
        let length =
            triggerByteCount > Limits.resetByteCountMaximum
            ? Limits.resetByteCountMaximum : Limits.resetByteCountMinimum
        guard triggerByteCount > length, budget.spend(now: now) else { return nil }
        var noise = random.bytes(length - 16)
        noise[0] = noise[0] & 0x3f | 0x40
        return noise + token(for: connectionID, local: local)
    }
}
