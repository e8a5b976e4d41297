public import SUDPProtocol

/// Counters and estimates of a connection and its sockets at one moment.
///
/// The counters of the connection can be read directly: `statistics.smoothedRTT`.
@dynamicMemberLookup public struct Statistics: Hashable, Sendable {
    /// The connection's own.
    public var transport = ConnectionStatistics()
    /// Those of its sockets.
    public var sockets = SocketStatistics()

    /// A counter or estimate of the connection.
    public subscript<Value>(dynamicMember member: KeyPath<ConnectionStatistics, Value>) -> Value {
        transport[keyPath: member]
    }
}
