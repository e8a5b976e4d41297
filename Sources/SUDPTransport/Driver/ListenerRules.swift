internal import SUDPProtocol

/// By which rules a listener takes connections.
struct ListenerRules: Sendable {
    var security: ServerSecurity
    /// By the path and by what its interface takes in a datagram, if that is known.
    var configuration: @Sendable (NetworkPath, Int?) -> ConnectionConfiguration
    /// Seconds since 1970, for certificates.
    var wallClock: @Sendable () -> Int64
    /// How many established connections there may be at once.
    var maximumConnections: Int

    /// What the next client meets.
    func securityNow() -> ServerSecurity {
        var security = security
        security.wallClock = wallClock()
        return security
    }
}
