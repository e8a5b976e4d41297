import SUDPCrypto
import SUDPSimulator

@testable import SUDPProtocol

/// A client and a server core of one connection; every datagram goes through the test's hands.
final class CorePair {
    static let clientAddress = NetworkAddress(ipv4: 0x0a01_0001, port: 40_000)
    static let serverAddress = NetworkAddress(ipv4: 0x0a00_0001, port: 7)
    static let otherAddress = NetworkAddress(ipv4: 0x0a02_0002, port: 50_000)

    enum SetupError: Error {
        case notAccepted
    }

    let client: CorePeer
    let server: CorePeer
    /// What the client sent behind its first SYN and the server has not got yet.
    private(set) var firstFlight: [[UInt8]]
    private(set) var now = Instant(nanoseconds: 1_000_000_000)

    /// Both ends after the server took the first SYN; nothing is established yet.
    init(
        _ mode: SecurityMode = .plaintext, identity: TestIdentity = .ordinary,
        configuration: ConnectionConfiguration = ConnectionConfiguration(),
        resumption: Resumption = Resumption(), early: ByteBlock? = nil, finishes: Bool = false
    ) throws {
        var clientEndpoint = Self.endpoint(seed: 1)
        var serverEndpoint = Self.endpoint(seed: 2)
        let core = try clientEndpoint.connect(
            to: NetworkPath(local: Self.clientAddress, remote: Self.serverAddress),
            security: identity.clientSecurity(mode, resumption: resumption),
            configuration: configuration, now: now)
        client = CorePeer(core: core, address: Self.clientAddress)
        if let early { client.core.write(early, now: now) }
        if finishes { client.core.finish(now: now) }
        firstFlight = client.transmit(now: now).map(\.bytes)
        guard !firstFlight.isEmpty else { throw SetupError.notAccepted }
        let syn = firstFlight.removeFirst()
        let buffer = DatagramBuffer()
        let train = ReceivedTrain(
            path: NetworkPath(local: Self.serverAddress, remote: Self.clientAddress), ecn: .notECT,
            byteCount: buffer.replace(with: syn), segmentByteCount: Limits.minimumDatagramSize)
        var offset = 0
        let route = serverEndpoint.route(
            buffer, train, offset: &offset, now: now, accepting: true, reply: DatagramBuffer())
        guard case .accept(let incoming, let range)? = route else { throw SetupError.notAccepted }
        server = CorePeer(
            core: serverEndpoint.accept(
                incoming, security: identity.serverSecurity, configuration: configuration,
                now: now), address: Self.serverAddress)
        server.core.handle(buffer, run: range, of: train, now: now)
        server.collectEvents()
    }

    /// A ticket that a server with this identity gave.
    static func ticket(_ identity: TestIdentity) throws -> SessionTicket? {
        let pair = try CorePair(
            .secure, identity: identity, resumption: Resumption(asksForTicket: true))
        pair.establish()
        for case .ticket(let ticket) in pair.client.events { return ticket }
        return nil
    }

    /// The server gets what the client sent behind its first SYN.
    func deliverFirstFlight() {
        for bytes in firstFlight { server.receive(bytes, from: client.address, now: now) }
        firstFlight = []
    }

    static func endpoint(seed: UInt8, answersReset: Bool = true) -> Endpoint {
        Endpoint(
            seed: secret(seed), resetKey: secret(seed &+ 100), answersReset: answersReset)
    }

    static func secret(_ byte: UInt8) -> Secret {
        guard let secret = Secret([UInt8](repeating: byte, count: Secret.byteCount)) else {
            preconditionFailure("a secret has \(Secret.byteCount) bytes")
        }
        return secret
    }

    func wait(_ span: TimeSpan) {
        now = now + span
    }

    /// Carries datagrams both ways until both ends are silent; `loses` drops some on the way.
    func exchange(rounds: Int = 100, loses: (_ bytes: [UInt8]) -> Bool = { _ in false }) {
        for _ in 0..<rounds {
            let up = client.transmit(now: now)
            for sent in up where !loses(sent.bytes) {
                server.receive(sent.bytes, from: client.address, now: now)
            }
            let down = server.transmit(now: now)
            for sent in down where !loses(sent.bytes) {
                client.receive(sent.bytes, from: server.address, now: now)
            }
            if up.isEmpty, down.isEmpty { return }
        }
    }

    /// Finishes the opening; both ends have confirmed it and acknowledged all.
    func establish() {
        exchange()
        wait(.milliseconds(30))
        client.core.handleTimeout(now: now)
        server.core.handleTimeout(now: now)
        exchange()
    }

    /// Calls `handleTimeout` of one end whenever it asks for it, and returns how often.
    func runTimers(of peer: CorePeer, for span: TimeSpan, limit: Int = 1000) -> Int {
        let end = now + span
        var calls = 0
        while calls < limit, let deadline = peer.core.nextTimeout, deadline <= end {
            now = max(now, deadline)
            peer.core.handleTimeout(now: now)
            _ = peer.transmit(now: now)
            calls += 1
        }
        now = max(now, end)
        return calls
    }
}
