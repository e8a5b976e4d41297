internal import SUDPProtocol

/// By which rules a listener takes connections.
struct ListenerRules: Sendable {
    var security: ServerSecurity
    var configuration: @Sendable (NetworkPath) -> ConnectionConfiguration
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
