/// What a benchmark server allows.
public struct BenchServerRules: Sendable {
    /// How many clients are served at once.
    public var maximumVisits = BenchConstants.defaultVisitCount
    /// How long one client is served.
    public var visitLimit = BenchConstants.defaultVisitLimit
    /// The bytes per second that all clients together get, and likewise give; nil for no limit.
    public var bytesPerSecond: UInt64?

    /// The bytes that one client may move, both ways together; nil for no limit.
    public var byteLimit: UInt64?
    /// What clients must know; nil when anybody may come.
    public var secret: BenchSecret?

    /// Makes the default rules.
    public init() {}

    /// How many connections these rules can need, with room for those that are measured as such.
    public var maximumConnections: Int {
        maximumVisits * (1 + BenchConstants.maximumFlows + BenchConstants.maximumEchoes) + 1024
    }
}
