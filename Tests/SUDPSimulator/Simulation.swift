import SUDPCrypto
package import SUDPProtocol

/// Clients and a server on a simulated network, with a clock that jumps from event to event.
///
/// A class because tests act on it from within its own events.
package final class Simulation {
    /// How many events one instant may hold before it counts as a livelock.
    private static let instantLimit = 100_000

    package let scenario: Scenario
    package private(set) var now = Instant.start
    package let server: Host
    package let clients: [Host]
    package private(set) var trace: Trace
    package private(set) var captured: [CapturedDatagram] = []
    /// The first broken rule; the simulation stops at it.
    package private(set) var violation: String?
    /// Whether the server takes new connections.
    package var isAccepting = true
    /// Called after every step with the connection that was driven.
    package var observer: ((Simulation, SimulatedConnection) -> Void)?
    private var queue = EventQueue<SimulationEvent>()
    private var network: Network
    private var ledger = AmplificationLedger()
    private var eventsAtThisInstant = 0
    private var random: SeededRandom

    package init(_ scenario: Scenario) {
        self.scenario = scenario
        var random = SeededRandom(seed: scenario.seed)
        let resetKey = Self.secret(&random)
        server = Host(
            address: Self.serverAddress,
            endpoint: Endpoint(seed: Self.secret(&random), resetKey: resetKey, answersReset: true))
        clients = (0..<scenario.clientCount).map { index in
            let key = Self.secret(&random)
            return Host(
                address: Self.clientAddress(index),
                endpoint: Endpoint(seed: Self.secret(&random), resetKey: key, answersReset: false))
        }
        network = Network(scenario, random: &random)
        trace = Trace(keepsLines: TestEnvironment.isTracing)
        self.random = random
        for index in 0..<scenario.clientCount {
            let time = Instant.start + scenario.clientSpacing * UInt64(index)
            queue.add(.connect(client: index), at: time)
        }
    }

    package static let serverAddress = NetworkAddress(ipv4: 0x0a00_0001, port: 7)

    package static func clientAddress(_ index: Int) -> NetworkAddress {
        NetworkAddress(ipv4: 0x0a01_0000 + UInt32(index), port: 40_000)
    }

    /// The first client's first connection; nil before it connects.
    package var client: SimulatedConnection? { clients.first?.connections.first }

    /// The server's first connection; nil before it accepts one.
    package var accepted: SimulatedConnection? { server.connections.first }

    package var allConnections: [SimulatedConnection] {
        clients.flatMap(\.connections) + server.connections
    }

    package var nextEventTime: Instant? { queue.nextTime }

    package func perform(at time: Instant, _ action: @escaping (Simulation) -> Void) {
        queue.add(.action(action), at: time)
    }

    /// Lets the test call the core of a connection, then drives the connection.
    package func withCore(
        of connection: SimulatedConnection, _ body: (inout ConnectionCore) -> Void
    ) {
        body(&connection.core)
        settle([connection], at: connection.isClient ? clients[connection.client] : server)
    }

    /// Puts a datagram before the server as if it came from `source`.
    package func injectToServer(_ bytes: [UInt8], from source: NetworkAddress) {
        receive(
            [NetworkDatagram(bytes: bytes, source: source, destination: server.address)],
            at: server)
    }

    /// Puts a datagram before a client as if the server had sent it.
    package func injectToClient(_ bytes: [UInt8], client: Int = 0) {
        let host = clients[client]
        receive(
            [NetworkDatagram(bytes: bytes, source: server.address, destination: host.address)],
            at: host)
    }

    /// The server loses all its state but its keys, as a process that starts again.
    package func restartServer() {
        var keys = SeededRandom(seed: scenario.seed)
        let resetKey = Self.secret(&keys)
        server.restart(
            with: Endpoint(seed: Self.secret(&random), resetKey: resetKey, answersReset: true))
    }

    /// Takes the next event.
    package func step() {
        guard let (time, event) = queue.removeFirst() else { return }
        advance(to: time)
        eventsAtThisInstant += 1
        if eventsAtThisInstant > Self.instantLimit { fail("livelock: time stands still") }
        switch event {
        case .arrival(let datagram, let link, let stage):
            arrive(datagram, link: link, stage: stage)
        case .deadline(let connection, let host):
            expire(connection, at: host)
        case .connect(let client): connect(client)
        case .action(let action): action(self)
        }
    }

    package func advance(to time: Instant) {
        if time > now { eventsAtThisInstant = 0 }
        now = max(now, time)
    }

    private func fail(_ reason: String) {
        violation = violation ?? reason
    }

    private func connect(_ client: Int) {
        let host = clients[client]
        let path = NetworkPath(local: host.address, remote: server.address)
        var configuration = scenario.clientConfiguration
        if client == 0, let control = scenario.firstControl {
            configuration.congestionControl = control
        }
        do {
            let core = try host.withEndpoint { endpoint in
                try endpoint.connect(
                    to: path,
                    security: scenario.identity.clientSecurity(
                        scenario.mode,
                        resumption: client == 0 ? scenario.resumption : Resumption()),
                    configuration: configuration, now: now)
            }
            let connection = SimulatedConnection(
                core: core, application: makeApplication(client: client, isClient: true),
                client: client, isClient: true)
            if scenario.resumption.sendsEarlyData { connection.application.begin(now: now) }
            host.add(connection)
            settle([connection], at: host)
        } catch {
            fail("connect: \(error)")
        }
    }

    private func accept(_ incoming: Incoming) -> SimulatedConnection {
        let core = server.withEndpoint { endpoint in
            endpoint.accept(
                incoming, security: scenario.identity.serverSecurity,
                configuration: scenario.serverConfiguration, now: now)
        }
        let client = network.client(at: incoming.path.remote) ?? scenario.clientCount
        return SimulatedConnection(
            core: core, application: makeApplication(client: client, isClient: false),
            client: client, isClient: false)
    }

    private func makeApplication(client: Int, isClient: Bool) -> Application {
        let base = scenario.seed &+ UInt64(client) << 32
        let upward = BytePattern(seed: base)
        let downward = scenario.server.echoes ? upward : BytePattern(seed: ~base)
        return Application(
            script: isClient ? scenario.client : scenario.server,
            outgoing: isClient ? upward : downward, incoming: isClient ? downward : upward)
    }

    private func expire(_ connection: SimulatedConnection, at host: Host) {
        guard !connection.isForgotten, let armed = connection.armedFor, armed <= now else { return }
        connection.armedFor = nil
        settle([connection], at: host)
    }

    private func arrive(_ datagram: NetworkDatagram, link: Int, stage: Int) {
        guard network.isEnd(stage: stage, of: link) else {
            for delivery in network.pass(datagram, link: link, stage: stage, now: now) {
                queue.add(
                    .arrival(delivery.datagram, link: link, stage: stage + 1), at: delivery.time)
            }
            return
        }
        let host = Network.isUplink(link) ? server : clients[Network.client(of: link)]
        var train = [datagram]
        while scenario.coalescesTrains, let next = nextSegment(of: train, link: link) {
            train.append(next)
        }
        for index in train.indices {
            trace.record(now, "arrived", link: link, train[index])
            if !Network.isUplink(link) {
                ledger.clientReceived(at: train[index].destination)
            }
            network.translate(&train[index], link: link)
        }
        receive(train, at: host)
    }

    /// Takes the next datagram off the queue when GRO would join it to the train.
    private func nextSegment(of train: [NetworkDatagram], link: Int) -> NetworkDatagram? {
        guard let first = train.first, let last = train.last, train.count < 40,
            last.bytes.count == first.bytes.count, queue.nextTime == now,
            case .arrival(let next, link, let stage)? = queue.first,
            network.isEnd(stage: stage, of: link), next.source == first.source,
            next.ecn == first.ecn, next.bytes.count <= first.bytes.count
        else { return nil }
        _ = queue.removeFirst()
        return next
    }

    private func receive(_ train: [NetworkDatagram], at host: Host) {
        if host === server { for datagram in train { ledger.serverReceived(datagram) } }
        let touched = host.receive(train, now: now, accepting: isAccepting, accept: accept)
        settle(touched, at: host)
    }

    /// Drives the connections that something happened to and checks what came of it.
    private func settle(_ connections: [SimulatedConnection], at host: Host) {
        for connection in connections where !connection.isForgotten {
            let eventCount = connection.events.count
            host.drain(connection, now: now)
            for record in connection.events[eventCount...] {
                let side = connection.isClient ? "client" : "server of client"
                trace.record(now, "\(side) \(connection.client): \(record.event)")
            }
        }
        for datagram in host.takeOutbox() { send(datagram, from: host) }
        for connection in connections {
            arm(connection, at: host)
            check(connection)
            observer?(self, connection)
        }
    }

    private func arm(_ connection: SimulatedConnection, at host: Host) {
        guard let deadline = connection.nextDeadline(after: now) else { return }
        if let armed = connection.armedFor, armed <= deadline { return }
        connection.armedFor = deadline
        queue.add(.deadline(connection, host), at: max(deadline, now))
    }

    private func check(_ connection: SimulatedConnection) {
        let others = connection.isClient ? server.connections : clients.flatMap(\.connections)
        let peers = others.filter { $0.client == connection.client }
        if let broken = Invariants.violation(of: connection, peers: peers) { fail(broken) }
    }

    private func send(_ datagram: NetworkDatagram, from host: Host) {
        if host === server, let broken = ledger.serverSent(datagram) { fail(broken) }
        let client = clients.firstIndex { $0 === host }
        guard
            let link = client.map({ Network.uplink(of: $0) })
                ?? network.downlink(to: datagram.destination)
        else { return host.unreachable.append(datagram) }
        var numbered = datagram
        network.number(&numbered, link: link)
        trace.record(now, "sent", link: link, numbered)
        if scenario.capturesDatagrams {
            captured.append(
                CapturedDatagram(
                    time: now, client: Network.client(of: link),
                    isFromClient: Network.isUplink(link), datagram: numbered))
        }
        queue.add(.arrival(numbered, link: link, stage: 0), at: now)
    }

    private static func secret(_ random: inout SeededRandom) -> Secret {
        guard let secret = Secret(random.bytes(Secret.byteCount)) else {
            preconditionFailure("a secret has \(Secret.byteCount) bytes")
        }
        return secret
    }
}
