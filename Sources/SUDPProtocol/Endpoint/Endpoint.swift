public import SUDPCrypto

/// Maps datagrams to connections and answers what belongs to none; holds no connection itself.
public struct Endpoint: ~Copyable {
    private var random: RandomBitGenerator
    private var table = ConnectionTable()
    private var opening = OpeningGuard()
    private var reset: StatelessReset
    private let token: AddressToken
    private let answersReset: Bool
    private var lastHandle: UInt64 = 0
    /// The keys that opened the last first SYN, for the connection that it may become.
    private var verified: (destination: ConnectionID, keys: InitialKeys)?

    /// Makes an endpoint.
    ///
    /// - Parameters:
    ///   - seed: 32 unpredictable bytes.
    ///   - resetKey: The key of the stateless resets; the same after a restart.
    ///   - answersReset: Whether packets of unknown connections are answered.
    public init(seed: Secret, resetKey: Secret, answersReset: Bool) {
        random = RandomBitGenerator(seed: HKDF.expandLabel(seed, "sudp random"))
        token = AddressToken(key: HKDF.expandLabel(seed, "sudp token"))
        reset = StatelessReset(key: resetKey)
        self.answersReset = answersReset
    }

    /// How many connections are known.
    public var connectionCount: Int { table.count }

    private mutating func nextHandle() -> ConnectionHandle {
        lastHandle += 1
        return ConnectionHandle(value: lastHandle)
    }

    private mutating func connectionRandom() -> RandomBitGenerator {
        guard let seed = Secret(random.bytes(Secret.byteCount)) else { return random }
        return RandomBitGenerator(seed: seed)
    }

    // MARK: Connections

    /// Opens a connection as a client.
    ///
    /// - Throws: `HandshakeFailure` when TLS cannot be set up.
    public mutating func connect(
        to path: NetworkPath, security: ClientSecurity, configuration: ConnectionConfiguration,
        now: Instant
    ) throws -> ConnectionCore {
        let local = ConnectionID(value: random.next())
        let original = ConnectionID(value: random.next())
        let parameters = TransportParameters.make(for: configuration, initialSource: local)
        let handshake = try Handshake(client: security, parameters: parameters)
        let context = ConnectionContext(
            handle: nextHandle(), side: .client, configuration: configuration, security: security,
            random: connectionRandom(), handshakeDeadline: now + configuration.handshakeTimeout)
        return ConnectionCore(
            context: context,
            ids: ConnectionIDs(
                local: local, remote: original, originalDestination: original,
                isRemoteFixed: false),
            path: path, handshake: handshake, isAddressValidated: true, now: now)
    }

    /// Makes the server side of a new connection; give it the range of its route next.
    public mutating func accept(
        _ incoming: Incoming, security: ServerSecurity, configuration: ConnectionConfiguration,
        now: Instant
    ) -> ConnectionCore {
        let local = ConnectionID(value: random.next())
        let retrySource = incoming.isAddressValidated ? incoming.destination : nil
        var parameters = TransportParameters.make(for: configuration, initialSource: local)
        parameters.originalDestination = incoming.originalDestination
        parameters.retrySource = retrySource
        if answersReset {
            parameters.resetToken = reset.token(for: local, local: incoming.path.local)
        }
        let patience =
            opening.isUnderLoad ? Limits.halfOpenTimeoutUnderLoad : Limits.halfOpenTimeout
        let context = ConnectionContext(
            handle: nextHandle(), side: .server, configuration: configuration, security: nil,
            random: connectionRandom(), handshakeDeadline: now + patience)
        opening.opened(
            context.handle, from: incoming.path.remote, isProven: incoming.isAddressValidated)
        table.addOpening(incoming.destination, for: context.handle)
        return ConnectionCore(
            context: context,
            ids: ConnectionIDs(
                local: local, remote: incoming.source,
                originalDestination: incoming.originalDestination, retrySource: retrySource,
                isRemoteFixed: true),
            path: incoming.path, handshake: Handshake(server: security, parameters: parameters),
            isAddressValidated: incoming.isAddressValidated, initialKeys: takeKeys(of: incoming),
            now: now)
    }

    private mutating func takeKeys(of incoming: Incoming) -> InitialKeys? {
        defer { verified = nil }
        return verified?.destination == incoming.destination ? verified?.keys : nil
    }

    /// Refuses a first SYN with CONNECTION_REFUSED; the answer is written to `reply`.
    public mutating func refuse(
        _ incoming: Incoming, reason: String, reply: DatagramBuffer
    ) -> Transmit? {
        let keys = InitialKeys(destination: incoming.destination, side: .server)
        let header = LongHeader(
            type: .synAck, destination: incoming.source,
            source: ConnectionID(value: random.next()))
        var writer = ByteWriter(reply.bytes(0..<Limits.minimumDatagramSize))
        header.write(to: &writer, packetNumber: 0)
        let headerByteCount = writer.count
        writer.writeClose(.transport(.connectionRefused), reason: reason)
        let count = writer.count + InitialPacket.trailerByteCount
        guard count <= Limits.minimumDatagramSize,
            keys.seal(reply.bytes(0..<count), headerByteCount: headerByteCount, packetNumber: 0)
        else { return nil }
        return Self.transmit(count, by: incoming.path)
    }

    /// Takes what a connection told.
    public mutating func handle(_ event: EndpointEvent, from connection: ConnectionHandle) {
        switch event {
        case .addConnectionID(let connectionID): table.add(connectionID, for: connection)
        case .removeConnectionID(let connectionID): table.remove(connectionID, of: connection)
        case .expectReset(let token): table.expect(token, for: connection)
        case .handshakeEnded:
            opening.ended(connection)
            table.removeOpening(of: connection)
        case .drained:
            opening.ended(connection)
            table.removeAll(of: connection)
        }
    }

    // MARK: Routing

    /// Where the datagrams at `offset` of the train go; moves `offset` behind them; nil at the end.
    ///
    /// - Parameters:
    ///   - accepting: Whether first SYNs are wanted.
    ///   - reply: Takes the answer of a `reply` route.
    public mutating func route(
        _ buffer: DatagramBuffer, _ train: ReceivedTrain, offset: inout Int, now: Instant,
        accepting: Bool, reply: DatagramBuffer
    ) -> Route? {
        let total = min(train.byteCount, buffer.capacity)
        let size = max(train.segmentByteCount, 1)
        guard offset < total, train.path.remote.port != 0 else { return nil }
        let end = min(offset + size, total)
        let datagram = UnsafeRawBufferPointer(buffer.bytes(offset..<end))
        let start = offset
        offset = end
        guard !LongHeader.isLong(datagram[0]) else {
            return routeLong(datagram, start..<end, train, now: now, accepting, reply)
        }
        guard let connectionID = Self.shortDestination(datagram) else { return .drop }
        guard let handle = table.find(connectionID) else {
            // RFC 9000 §10.3.1: a reset carries a connection ID of its own making.
            if let token = ResetToken(endOf: datagram), let handle = table.find(token) {
                return .connection(handle, start..<end)
            }
            return answerUnknown(connectionID, datagram.count, train.path, now: now, reply)
        }
        while offset < total {
            let next = min(offset + size, total)
            let following = UnsafeRawBufferPointer(buffer.bytes(offset..<next))
            guard !LongHeader.isLong(following[0]),
                Self.shortDestination(following) == connectionID
            else { break }
            offset = next
        }
        return .connection(handle, start..<offset)
    }

    private static func shortDestination(_ datagram: UnsafeRawBufferPointer) -> ConnectionID? {
        var reader = ByteReader(datagram)
        guard reader.readUInt8() != nil, let value = reader.readUInt64() else { return nil }
        return ConnectionID(value: value)
    }

    private mutating func answerUnknown(
        _ connectionID: ConnectionID, _ byteCount: Int, _ path: NetworkPath, now: Instant,
        _ reply: DatagramBuffer
    ) -> Route {
        guard answersReset, !OpeningGuard.isReflector(path.remote),
            let answer = reset.answer(
                to: connectionID, local: path.local, triggerByteCount: byteCount, random: &random,
                now: now)
        else { return .drop }
        return .reply(Self.transmit(reply.replace(with: answer), by: path))
    }

    private mutating func routeLong(
        _ datagram: UnsafeRawBufferPointer, _ range: Range<Int>, _ train: ReceivedTrain,
        now: Instant, _ accepting: Bool, _ reply: DatagramBuffer
    ) -> Route {
        guard let header = LongHeader(datagram) else {
            return routeOtherVersion(datagram, range, train.path, accepting, reply)
        }
        if let handle = table.find(header.destination) { return .connection(handle, range) }
        guard accepting, header.type == .syn, datagram.count >= Limits.minimumDatagramSize,
            header.destination.byteCount >= Limits.connectionIDByteCount,
            !OpeningGuard.isReflector(train.path.remote)
        else { return .drop }
        guard header.token.isEmpty else {
            guard let incoming = incoming(withToken: header, train.path, now: now),
                !opening.isExhausted(train.path.remote, isProven: true)
            else { return .drop }
            return verify(header, datagram, scratch: reply) ? .accept(incoming, range) : .drop
        }
        guard !opening.demandsProof(from: train.path.remote, now: now) else {
            return demandProof(header, train.path, now: now, reply)
        }
        let incoming = Incoming(
            path: train.path, originalDestination: header.destination,
            destination: header.destination, source: header.source, isAddressValidated: false)
        return verify(header, datagram, scratch: reply) ? .accept(incoming, range) : .drop
    }

    private func incoming(
        withToken header: LongHeader, _ path: NetworkPath, now: Instant
    ) -> Incoming? {
        let original = token.original(
            in: header.token, path: path, retrySource: header.destination, now: now)
        guard let original else { return nil }
        return Incoming(
            path: path, originalDestination: original, destination: header.destination,
            source: header.source, isAddressValidated: true)
    }

    /// Whether a first SYN authenticates, before anything is kept for it.
    private mutating func verify(
        _ header: LongHeader, _ datagram: UnsafeRawBufferPointer, scratch: DatagramBuffer
    ) -> Bool {
        guard let truncated = header.packetNumber else { return false }
        let keys = InitialKeys(destination: header.destination, side: .server)
        // A copy, because the connection will open it once more.
        let copy = scratch.bytes(0..<scratch.replace(with: Array(datagram)))
        guard
            keys.open(
                copy, headerByteCount: header.byteCount,
                packetNumber: PacketNumber.expand(truncated, expected: 1))
        else { return false }
        verified = (header.destination, keys)
        return true
    }

    private mutating func demandProof(
        _ header: LongHeader, _ path: NetworkPath, now: Instant, _ reply: DatagramBuffer
    ) -> Route {
        let source = ConnectionID(value: random.next())
        let proof = token.make(
            for: path, original: header.destination, retrySource: source, now: now)
        let packet = RetryPacket.encode(
            destination: header.source, source: source, token: proof, original: header.destination)
        return .reply(Self.transmit(reply.replace(with: packet), by: path))
    }

    private mutating func routeOtherVersion(
        _ datagram: UnsafeRawBufferPointer, _ range: Range<Int>, _ path: NetworkPath,
        _ accepting: Bool, _ reply: DatagramBuffer
    ) -> Route {
        guard let invariants = VersionNegotiation.parse(datagram) else { return .drop }
        if invariants.version == 0, let destination = ConnectionID(invariants.destination),
            let handle = table.find(destination)
        {
            return .connection(handle, range)
        }
        guard accepting, invariants.version != 0, invariants.version != Limits.version,
            datagram.count >= Limits.minimumDatagramSize, !OpeningGuard.isReflector(path.remote)
        else { return .drop }
        let flags = UInt8(truncatingIfNeeded: random.next())
        let answer = VersionNegotiation.answer(to: invariants, flags: flags)
        return .reply(Self.transmit(reply.replace(with: answer), by: path))
    }

    private static func transmit(_ byteCount: Int, by path: NetworkPath) -> Transmit {
        Transmit(path: path, ecn: .notECT, byteCount: byteCount, segmentByteCount: byteCount)
    }
}
