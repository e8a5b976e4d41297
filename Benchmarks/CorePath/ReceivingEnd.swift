import SUDPProtocol

/// The server: reads all that comes.
final class ReceivingEnd {
    var core: ConnectionCore
    /// The processor time that it used, in nanoseconds.
    private(set) var spent = 0
    /// Bytes that were read.
    private(set) var received = 0
    private let outgoing: DatagramBuffer
    private let incoming: DatagramBuffer

    /// The server's end for a client's first datagrams; nil when they are none.
    init?(
        accepting syn: SentTrain, security: ServerSecurity, buffers: EndBuffers, now: Instant
    ) {
        (outgoing, incoming) = (buffers.outgoing, buffers.incoming)
        let path = NetworkPath(local: Setting.server, remote: Setting.client)
        let train = syn.carried(to: incoming, by: path)
        var endpoint = Setting.endpoint(seed: 254)
        var offset = 0
        let start = threadTime()
        let route = endpoint.route(
            incoming, train, offset: &offset, now: now, accepting: true, reply: outgoing)
        guard case .accept(let first, let range)? = route else { return nil }
        core = endpoint.accept(
            first, security: security, configuration: Setting.configuration, now: now)
        core.handle(incoming, run: range, of: train, now: now)
        spent = elapsed(since: start)
    }

    /// The next train; nil when there is nothing to send.
    @inline(never) func send(now: Instant) -> SentTrain? {
        let start = threadTime()
        defer { spent += elapsed(since: start) }
        guard let transmit = core.pollTransmit(now: now, into: outgoing) else { return nil }
        return SentTrain(buffer: outgoing, transmit: transmit)
    }

    @inline(never) func take(_ sent: SentTrain, now: Instant) {
        let train = sent.carried(
            to: incoming, by: NetworkPath(local: Setting.server, remote: Setting.client))
        let start = threadTime()
        core.handle(incoming, run: 0..<train.byteCount, of: train, now: now)
        while let event = core.pollEvent() {
            guard event == .readable else { continue }
            while case .bytes(let block) = core.read(now: now) { received += block.count }
        }
        while core.pollEndpointEvent() != nil {}
        spent += elapsed(since: start)
    }
}
