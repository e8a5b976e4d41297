internal import SUDPCrypto

/// One connection as a synchronous state machine without clock or socket.
///
/// After any input call `pollTransmit` until nil, then `pollEvent` and `pollEndpointEvent` until
/// nil, then arm a timer for `nextTimeout`. `now` never goes back.
public struct ConnectionCore: ~Copyable {
    var context: ConnectionContext
    var ids: ConnectionIDs
    var paths: PathState
    var handshake: Handshake
    var protection: PacketProtectionState
    var initial = PacketSpace()
    var session = PacketSpace()
    var recovery = LossRecovery()
    var congestion: CongestionState
    var sendStream = SendStream()
    var receiveStream: ReceiveStream
    var lifecycle = Lifecycle()
    var liveness: Liveness
    var outbox = Outbox()
    var counters = ConnectionCounters()

    init(
        context: ConnectionContext, ids: ConnectionIDs, path: NetworkPath, handshake: Handshake,
        isAddressValidated: Bool, initialKeys: InitialKeys? = nil, now: Instant
    ) {
        let configuration = context.configuration
        var context = context
        let seed = context.random.next()
        self.context = context
        self.ids = ids
        self.handshake = handshake
        paths = PathState(
            path, isValidated: isAddressValidated,
            mtu: PathMTU(
                initial: configuration.initialDatagramSize,
                limit: configuration.maximumDatagramSize))
        protection = PacketProtectionState(
            initial: initialKeys
                ?? InitialKeys(
                    destination: ids.retrySource ?? ids.originalDestination, side: context.side))
        congestion = CongestionState(
            configuration.congestionControl, datagramSize: paths.mtu.size, seed: seed)
        sendStream.datagramSize = UInt64(congestion.datagramSize)
        receiveStream = ReceiveStream(
            window: ReceiveWindow(
                size: configuration.initialReceiveWindow,
                maximumSize: configuration.maximumReceiveWindow))
        liveness = Liveness(
            keepAliveInterval: configuration.keepAliveInterval,
            deadPeerTimeout: configuration.deadPeerTimeout, now: now)
        outbox.tell(.addConnectionID(ids.local))
        beginEarlyData()
    }

    /// The endpoint's name for this connection.
    public var handle: ConnectionHandle { context.handle }

    /// The path in use.
    public var path: NetworkPath { paths.current }

    /// Security and peer; nil until established.
    public var peerIdentity: PeerIdentity? { handshake.identity }

    /// Whether the server promised a ticket that has not come yet.
    public var awaitsTicket: Bool { handshake.awaitsTicket }

    /// Bytes sent and neither acknowledged nor lost.
    var bytesInFlight: Int { session.sent.bytesInFlight + initial.sent.bytesInFlight }

    /// Whether the connection is over and can be dropped.
    public var isDrained: Bool { lifecycle.state == .over }

    // MARK: Application

    /// How many bytes the send buffer wants; one block may exceed it.
    public var sendBufferRoom: Int {
        max(0, sendBufferSize - sendStream.bufferedByteCount)
    }

    /// How many bytes may wait: what the path can use, within the limit.
    var sendBufferSize: Int {
        let flights = Limits.sendBufferFlights * congestion.usage.maximumInFlight
        return min(
            context.configuration.sendBufferLimit, max(Limits.sendBufferMinimum, flights))
    }

    /// Takes a block of stream bytes, which the caller must not touch afterwards.
    public mutating func write(_ block: ByteBlock, now: Instant) {
        guard lifecycle.isOpen else { return }
        sendStream.write(block)
        if sendBufferRoom == 0 { counters.isSendBufferFull = true }
    }

    /// Ends our stream after what was written.
    public mutating func finish(now: Instant) {
        sendStream.finish()
    }

    /// The next received bytes, or why there are none.
    public mutating func read(now: Instant) -> ReadOutcome {
        guard mayRead, receiveStream.stopCode == nil else { return .blocked }
        if let code = receiveStream.resetCode { return .reset(code: code) }
        if let block = receiveStream.read(now: now, smoothedRTT: recovery.rtt.smoothedRTT) {
            return .bytes(block)
        }
        return receiveStream.isAtEnd ? .finished : .blocked
    }

    /// Whether what was received is known to come from the peer, or is early data.
    var mayRead: Bool { lifecycle.state != .opening && !handshake.hasUnverifiedStream }

    /// States that the application has used every byte up to the peer's FIN.
    ///
    /// It has no effect once the connection is being closed.
    public mutating func confirmConsumed(now: Instant) {
        guard lifecycle.isOpen else { return }
        receiveStream.confirmConsumed()
        settle(now: now)
    }

    /// Asks the peer to stop sending because nobody reads any more.
    ///
    /// The code is at most 2^62-1; greater ones count as that.
    public mutating func stopReading(code: UInt64, now: Instant) {
        receiveStream.stop(code: min(code, Limits.applicationCodeMaximum))
    }

    /// Gives up our stream; the code is at most 2^62-1, greater ones count as that.
    public mutating func reset(code: UInt64, now: Instant) {
        sendStream.reset(code: min(code, Limits.applicationCodeMaximum))
    }

    /// Ends the connection with the application's code and a reason of at most 512 bytes.
    ///
    /// The code is at most 2^62-1; greater ones count as that.
    public mutating func close(code: UInt64, reason: String, now: Instant) {
        let code = min(code, Limits.applicationCodeMaximum)
        close(
            .application(code), text: reason,
            reason: .closedLocally(.application(code), reason: reason), now: now)
    }

    /// Finds the rate by another algorithm from now on, as if nothing was known of the path.
    public mutating func setCongestionControl(_ control: CongestionControl, now: Instant) {
        guard control != context.configuration.congestionControl else { return }
        context.configuration.congestionControl = control
        restartCongestionControl(now: now)
    }

    mutating func restartCongestionControl(now: Instant) {
        congestion = CongestionState(
            context.configuration.congestionControl, datagramSize: paths.mtu.size,
            seed: context.random.next(), since: now, after: congestion)
    }

    /// The next event for the application.
    public mutating func pollEvent() -> ConnectionEvent? { outbox.nextEvent() }

    /// The next event for the endpoint.
    public mutating func pollEndpointEvent() -> EndpointEvent? { outbox.nextEndpointEvent() }
}
