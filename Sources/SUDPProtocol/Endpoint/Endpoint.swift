public import SUDPCrypto

/// STUB of the surface.
public struct Endpoint: ~Copyable {
    /// Makes an endpoint. `seed` is 32 random bytes (or the simulator's); `resetKey` keys the stateless resets.
    public init(seed: Secret, resetKey: Secret, answersReset: Bool) { fatalError() }
    /// Opens a connection as a client.
    public mutating func connect(
        to path: NetworkPath, security: ClientSecurity, configuration: ConnectionConfiguration,
        now: Instant
    ) throws -> ConnectionCore { fatalError() }
    /// Where the next part of the train at `offset` goes; advances `offset`; nil at the end of the train.
    public mutating func route(
        _ buffer: DatagramBuffer, _ train: ReceivedTrain, offset: inout Int, now: Instant,
        accepting: Bool, reply: DatagramBuffer
    ) -> Route? { fatalError() }
    /// Makes the server side of a new connection; then call `handle` on it with the range of the route.
    public mutating func accept(
        _ incoming: Incoming, security: ServerSecurity, configuration: ConnectionConfiguration,
        now: Instant
    ) throws -> ConnectionCore { fatalError() }
    /// Refuses a first SYN; the answer (server full) is in `reply`.
    public mutating func refuse(_ incoming: Incoming, reply: DatagramBuffer, reason: String) -> Transmit? { fatalError() }
    /// Takes what a connection told.
    public mutating func handle(_ event: EndpointEvent, from connection: ConnectionHandle) { fatalError() }
    /// How many connections it knows.
    public var connectionCount: Int { fatalError() }
}
