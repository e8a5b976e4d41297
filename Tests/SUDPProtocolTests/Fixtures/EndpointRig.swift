import SUDPCrypto
import SUDPSimulator

@testable import SUDPProtocol

/// A server's endpoint with its buffers; what it says to whole trains.
///
/// A class because the endpoint is not copyable.
final class EndpointRig {
    var endpoint: Endpoint
    var now = Instant(nanoseconds: 100_000_000_000)
    var isAccepting = true
    let buffer = DatagramBuffer()
    private let reply = DatagramBuffer()

    init(answersReset: Bool = true) {
        endpoint = CorePair.endpoint(seed: 2, answersReset: answersReset)
    }

    /// A route with the bytes of its reply.
    enum Outcome: Equatable {
        case connection(ConnectionHandle, Range<Int>)
        case accept(Incoming, Range<Int>)
        case reply([UInt8], NetworkAddress)
        case drop
    }

    /// Where all parts of a train of datagrams of `size` bytes go.
    func routes(
        _ bytes: [UInt8], size: Int? = nil, from remote: NetworkAddress = CorePair.clientAddress
    ) -> [Outcome] {
        let train = ReceivedTrain(
            path: NetworkPath(local: CorePair.serverAddress, remote: remote), ecn: .notECT,
            byteCount: buffer.replace(with: bytes), segmentByteCount: size ?? bytes.count)
        var offset = 0
        var outcomes: [Outcome] = []
        while let route = endpoint.route(
            buffer, train, offset: &offset, now: now, accepting: isAccepting, reply: reply)
        {
            switch route {
            case .connection(let handle, let range): outcomes.append(.connection(handle, range))
            case .accept(let incoming, let range): outcomes.append(.accept(incoming, range))
            case .reply(let transmit):
                outcomes.append(.reply(reply.copy(transmit.byteCount), transmit.path.remote))
            case .drop: outcomes.append(.drop)
            }
        }
        return outcomes
    }

    /// Makes the connection of an accepted SYN and lets it take it; its handle.
    func accept(
        _ incoming: Incoming, _ range: Range<Int>,
        configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) -> CorePeer {
        let peer = CorePeer(
            core: endpoint.accept(
                incoming, security: TestIdentity.ordinary.serverSecurity,
                configuration: configuration, now: now),
            address: CorePair.serverAddress)
        let train = ReceivedTrain(
            path: incoming.path, ecn: .notECT, byteCount: range.count,
            segmentByteCount: range.count)
        peer.core.handle(buffer, run: range, of: train, now: now)
        tell(of: peer)
        return peer
    }

    /// Hands the connection's news to the endpoint.
    func tell(of peer: CorePeer) {
        for event in peer.takeEndpointEvents() {
            endpoint.handle(event, from: peer.core.handle)
        }
    }

    /// A new client that wants to connect to this endpoint's address.
    static func client(seed: UInt8, _ mode: SecurityMode = .plaintext) throws -> CorePeer {
        var endpoint = CorePair.endpoint(seed: seed)
        let core = try endpoint.connect(
            to: NetworkPath(local: CorePair.clientAddress, remote: CorePair.serverAddress),
            security: TestIdentity.ordinary.clientSecurity(mode),
            configuration: ConnectionConfiguration(),
            now: Instant(nanoseconds: 100_000_000_000))
        return CorePeer(core: core, address: CorePair.clientAddress)
    }
}
