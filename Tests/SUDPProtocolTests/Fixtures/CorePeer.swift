import SUDPCrypto

@testable import SUDPProtocol

/// One end of a `CorePair`: a core, what it told, and the means to forge authentic packets of it.
///
/// A class because the core is not copyable.
final class CorePeer {
    var core: ConnectionCore
    let address: NetworkAddress
    private(set) var events: [ConnectionEvent] = []
    private var endpointEvents: [EndpointEvent] = []
    private let sendBuffer = DatagramBuffer()
    private let receiveBuffer = DatagramBuffer()

    init(core: consuming ConnectionCore, address: NetworkAddress) {
        self.core = core
        self.address = address
    }

    /// A datagram with where it is to go.
    struct Sent {
        var bytes: [UInt8]
        var destination: NetworkAddress
    }

    var isDrained: Bool { core.isDrained }
    var isEstablished: Bool { events.contains(.established) }

    var closeReason: CloseReason? {
        guard case .closed(let reason)? = events.last else { return nil }
        return reason
    }

    var identity: PeerIdentity? { core.peerIdentity }

    /// All that the application can read now.
    func read(now: Instant) -> [UInt8] {
        var bytes: [UInt8] = []
        while case .bytes(let block) = core.read(now: now) { bytes += block.bytes }
        return bytes
    }

    /// All datagrams that the core wants to send now.
    func transmit(now: Instant) -> [Sent] {
        var sent: [Sent] = []
        while let transmit = core.pollTransmit(now: now, into: sendBuffer) {
            let bytes = sendBuffer.copy(transmit.byteCount)
            for start in stride(from: 0, to: bytes.count, by: transmit.segmentByteCount) {
                let end = min(start + transmit.segmentByteCount, bytes.count)
                sent.append(
                    Sent(bytes: Array(bytes[start..<end]), destination: transmit.path.remote))
            }
        }
        collectEvents()
        return sent
    }

    func collectEvents() {
        while let event = core.pollEvent() { events.append(event) }
        while let event = core.pollEndpointEvent() { endpointEvents.append(event) }
    }

    /// What the core told its endpoint since the last call.
    func takeEndpointEvents() -> [EndpointEvent] {
        collectEvents()
        defer { endpointEvents = [] }
        return endpointEvents
    }

    /// Takes a datagram, or a train of datagrams of `size` bytes.
    func receive(
        _ bytes: [UInt8], size: Int? = nil, from source: NetworkAddress, now: Instant
    ) {
        let count = receiveBuffer.replace(with: bytes)
        let train = ReceivedTrain(
            path: NetworkPath(local: address, remote: source), ecn: .notECT, byteCount: count,
            segmentByteCount: size ?? count)
        core.handle(receiveBuffer, run: 0..<count, of: train, now: now)
        collectEvents()
    }

    /// A DATA packet of this peer with any payload, sealed as the other end expects it.
    func sealed(
        number: UInt64? = nil, capacity: Int = Limits.minimumDatagramSize,
        _ payload: (inout ByteWriter) -> Void
    ) -> [UInt8] {
        let number = number ?? core.session.sent.nextNumber
        if number >= core.session.sent.nextNumber { core.session.onSent(SentPacket()) }
        let trailer = core.protection.session?.trailerByteCount ?? 0
        var writer = ByteWriter(sendBuffer.bytes(0..<(capacity - trailer)))
        ShortHeader.write(
            to: &writer, destination: core.ids.remote,
            keyPhase: core.protection.session?.keys?.keyPhase ?? 0, packetNumber: number)
        payload(&writer)
        let count = writer.count + trailer
        let isSealed = core.protection.session?.sealTrain(
            sendBuffer.bytes(0..<count), segmentByteCount: count, firstPacketNumber: number)
        return isSealed == true ? sendBuffer.copy(count) : []
    }

    /// A packet of the opening with any payload, as anyone who saw the client's first one can make.
    func sealedInitial(
        number: UInt64, destination: ConnectionID? = nil, _ payload: (inout ByteWriter) -> Void
    ) -> [UInt8] {
        let header = LongHeader(
            type: core.context.side == .client ? .syn : .synAck,
            destination: destination ?? core.ids.remote, source: core.ids.local)
        let keys = InitialKeys(
            destination: core.ids.retrySource ?? core.ids.originalDestination,
            side: core.context.side)
        let limit = Limits.minimumDatagramSize - InitialPacket.trailerByteCount
        var writer = ByteWriter(sendBuffer.bytes(0..<limit))
        header.write(to: &writer, packetNumber: number)
        let headerByteCount = writer.count
        payload(&writer)
        writer.writeZeros(writer.room)
        let isSealed = keys.seal(
            sendBuffer.bytes(0..<Limits.minimumDatagramSize), headerByteCount: headerByteCount,
            packetNumber: number)
        return isSealed ? sendBuffer.copy(Limits.minimumDatagramSize) : []
    }
}
