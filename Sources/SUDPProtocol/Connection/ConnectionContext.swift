internal import SUDPCrypto

/// What a connection is made with and does not change, and its source of randomness.
struct ConnectionContext {
    let handle: ConnectionHandle
    let side: Side
    var configuration: ConnectionConfiguration
    /// What a client needs to start afresh; nil once it need not.
    var security: ClientSecurity?
    var random: RandomBitGenerator
    let handshakeDeadline: Instant
    /// When a client without progress starts afresh.
    var freshStartDeadline: Instant?
    var glitches = TokenBucket(
        rate: Limits.uselessFramesPerSecond, burst: Limits.uselessFramesBurst)
    var isHalfOpen = true
}
