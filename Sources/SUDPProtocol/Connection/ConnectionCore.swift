/// STUB of the surface while the core is written.
public struct ConnectionCore: ~Copyable {
    /// The handle.
    public let handle: ConnectionHandle = ConnectionHandle(value: 0)

    /// Takes the datagrams of `run` (a part of the train that belongs to this connection).
    public mutating func handle(
        _ buffer: DatagramBuffer, run: Range<Int>, of train: ReceivedTrain, now: Instant
    ) { fatalError() }
    /// Call when `nextTimeout` has passed.
    public mutating func handleTimeout(now: Instant) { fatalError() }
    /// Takes the block into the send buffer. Call only while `sendBufferRoom` > 0.
    public mutating func write(_ block: ByteBlock, now: Instant) { fatalError() }
    /// How many more bytes the send buffer wants; may be exceeded by one block.
    public var sendBufferRoom: Int { fatalError() }
    /// Ends our stream after what was written.
    public mutating func finish(now: Instant) { fatalError() }
    /// Takes the next received bytes.
    public mutating func read(now: Instant) -> ReadOutcome { fatalError() }
    /// The application has consumed everything up to the peer's FIN (after `read` said finished).
    public mutating func confirmConsumed(now: Instant) { fatalError() }
    /// The application reads no more (sends STOP).
    public mutating func stopReading(code: UInt64, now: Instant) { fatalError() }
    /// Gives up our stream (sends RESET).
    public mutating func reset(code: UInt64, now: Instant) { fatalError() }
    /// Ends the connection with an application code.
    public mutating func close(code: UInt64, reason: String, now: Instant) { fatalError() }
    /// Fills the buffer with the next train to send; call until nil.
    public mutating func pollTransmit(now: Instant, into buffer: DatagramBuffer) -> Transmit? {
        fatalError()
    }
    /// The next event for the application; call until nil.
    public mutating func pollEvent() -> ConnectionEvent? { fatalError() }
    /// The next event for the endpoint; call until nil and pass to `Endpoint.handle`.
    public mutating func pollEndpointEvent() -> EndpointEvent? { fatalError() }
    /// When `handleTimeout` wants to be called; nil when never.
    public var nextTimeout: Instant? { fatalError() }
    /// Whether everything is over and the connection can be dropped (after `closed` was polled and the closing period is over).
    public var isDrained: Bool { fatalError() }
    /// Security and peer once established.
    public var peerIdentity: PeerIdentity? { fatalError() }
    /// The path in use.
    public var path: NetworkPath { fatalError() }
    /// The counters.
    public var statistics: ConnectionStatistics { fatalError() }
}
