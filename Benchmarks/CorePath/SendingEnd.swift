import SUDPProtocol

/// The client: writes as long as there is room.
final class SendingEnd {
    var core: ConnectionCore
    /// The processor time that it used, in nanoseconds.
    private(set) var spent = 0
    /// Bytes that are still to be written.
    var left = 0
    private let outgoing: DatagramBuffer
    private let incoming: DatagramBuffer
    private lazy var bytes = [UInt8](repeating: 7, count: 65_536)

    init(seed: UInt8, security: ClientSecurity, buffers: EndBuffers, now: Instant) throws {
        (outgoing, incoming) = (buffers.outgoing, buffers.incoming)
        let start = threadTime()
        var endpoint = Setting.endpoint(seed: seed)
        core = try endpoint.connect(
            to: NetworkPath(local: Setting.client, remote: Setting.server),
            security: security, configuration: Setting.configuration, now: now)
        spent = elapsed(since: start)
    }

    /// The next train; nil when there is nothing to send.
    @inline(never) func send(now: Instant) -> SentTrain? {
        let start = threadTime()
        defer { spent += elapsed(since: start) }
        while left > 0, core.sendBufferRoom >= bytes.count {
            core.write(ByteBlock(bytes), now: now)
            left -= bytes.count
        }
        guard let transmit = core.pollTransmit(now: now, into: outgoing) else {
            dropEvents()
            return nil
        }
        return SentTrain(buffer: outgoing, transmit: transmit)
    }

    @inline(never) func take(_ sent: SentTrain, now: Instant) {
        let train = sent.carried(
            to: incoming, by: NetworkPath(local: Setting.client, remote: Setting.server))
        let start = threadTime()
        core.handle(incoming, run: 0..<train.byteCount, of: train, now: now)
        dropEvents()
        spent += elapsed(since: start)
    }

    private func dropEvents() {
        while core.pollEvent() != nil {}
        while core.pollEndpointEvent() != nil {}
    }
}
