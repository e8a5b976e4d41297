import SUDPSimulator

@testable import SUDPProtocol

/// A client, a server's endpoint and its connections, with every rule checked on the way.
final class FuzzWorld {
    let client: CorePeer
    private(set) var servers: [CorePeer] = []
    private(set) var violation: String?
    private let rig = EndpointRig()
    private var ledger = AmplificationLedger()
    private var toClient: [[UInt8]] = []
    private static let serverLimit = 4
    private static let timerCallsAtOnce = 20

    init(_ mode: SecurityMode) throws {
        client = try EndpointRig.client(seed: 1, mode)
    }

    private func fail(_ reason: String) {
        violation = violation ?? reason
    }

    func wait(_ span: TimeSpan) {
        rig.now = rig.now + span
        settle()
    }

    /// Carries datagrams both ways until both ends are silent.
    func exchange(rounds: Int) {
        for _ in 0..<rounds {
            let up = client.transmit(now: rig.now)
            for sent in up { deliverToServer(sent.bytes) }
            let down = toClient
            toClient = []
            for bytes in down { deliverToClient(bytes) }
            if up.isEmpty, down.isEmpty { return }
        }
    }

    /// What the client wants to send, without sending it.
    func takeFromClient() -> [[UInt8]] {
        client.transmit(now: rig.now).map(\.bytes)
    }

    func takeFromServer() -> [[UInt8]] {
        defer { toClient = [] }
        return toClient
    }

    func deliverToClient(
        _ bytes: [UInt8], size: Int? = nil, from source: NetworkAddress = CorePair.serverAddress
    ) {
        guard !bytes.isEmpty else { return }
        client.receive(bytes, size: size, from: source, now: rig.now)
        settle()
    }

    func deliverToServer(
        _ bytes: [UInt8], size: Int? = nil, from source: NetworkAddress = CorePair.clientAddress
    ) {
        ledger.serverReceived(
            NetworkDatagram(bytes: bytes, source: source, destination: CorePair.serverAddress))
        for outcome in rig.routes(bytes, size: size, from: source) {
            switch outcome {
            case .drop: break
            case .reply(let reply, let destination):
                if reply.count > bytes.count { fail("a reply larger than what it answers") }
                note(reply, to: destination)
            case .connection(let handle, let range):
                guard let server = servers.first(where: { $0.core.handle == handle }) else {
                    continue
                }
                server.receive(Array(bytes[range]), size: size, from: source, now: rig.now)
            case .accept(let incoming, let range):
                let server = rig.accept(incoming, range)
                if server.isDrained { continue }
                servers.append(server)
                rig.isAccepting = servers.count < Self.serverLimit
            }
        }
        settle()
    }

    private func note(_ bytes: [UInt8], to destination: NetworkAddress) {
        let datagram = NetworkDatagram(
            bytes: bytes, source: CorePair.serverAddress, destination: destination)
        if let broken = ledger.serverSent(datagram) { fail(broken) }
        if destination == client.address { toClient.append(bytes) }
        if toClient.count > 1000 { toClient.removeFirst(500) }
    }

    /// Lets an application call its core.
    func act(_ peer: CorePeer, _ body: (inout ConnectionCore, Instant) -> Void) {
        body(&peer.core, rig.now)
        peer.collectEvents()
        settle()
    }

    /// Sends, lets timers run, and checks every connection.
    func settle() {
        for server in servers {
            for sent in server.transmit(now: rig.now) { note(sent.bytes, to: sent.destination) }
            runTimers(of: server) { [self] in
                for sent in server.transmit(now: rig.now) {
                    note(sent.bytes, to: sent.destination)
                }
            }
            rig.tell(of: server)
            check(server)
        }
        check(client)
    }

    /// Lets the client's due timers run; what it sends then waits for the next exchange.
    func runClientTimers() {
        runTimers(of: client) { [self] in
            for bytes in takeFromClient() { deliverToServer(bytes) }
        }
    }

    private func runTimers(of peer: CorePeer, transmit: () -> Void) {
        for _ in 0..<Self.timerCallsAtOnce {
            guard let deadline = peer.core.nextTimeout, deadline <= rig.now else { return }
            peer.core.handleTimeout(now: rig.now)
            transmit()
        }
        fail("the timer never rests")
    }

    private func check(_ peer: CorePeer) {
        let session = peer.core.session
        let remembered = session.sent.nextNumber - session.sent.firstNumber
        if remembered > UInt64(Limits.sentPacketsRemembered + Limits.trainSegmentCount) {
            fail("\(remembered) packets remembered")
        }
        if session.acks.received.count > 1024 { fail("too many ranges received") }
        if session.sent.bytesInFlight < 0 { fail("less than nothing in flight") }
        let ends = peer.events.filter { if case .closed = $0 { true } else { false } }
        if ends.count > 1 || ends.count == 1 && peer.closeReason == nil {
            fail("the end is not the last event, or comes twice")
        }
    }
}
