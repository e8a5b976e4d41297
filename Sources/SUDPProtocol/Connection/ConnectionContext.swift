internal import SUDPCrypto

/// What a connection is made with and does not change, and its source of randomness.
struct ConnectionContext {
    let handle: ConnectionHandle
    let side: Side
    let configuration: ConnectionConfiguration
    var security: ClientSecurity?
    var random: RandomBitGenerator
    var handshakeDeadline: Instant
    /// When a client without progress starts afresh.
    var freshStartDeadline: Instant?
    var glitches = GlitchBudget()
    var isHalfOpen = true
}
