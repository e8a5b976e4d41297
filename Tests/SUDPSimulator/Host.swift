package import SUDPProtocol

/// A machine with one endpoint: drives its connections by the contract of `ConnectionCore`.
///
/// After any input: datagrams out, events out, the application's turn, until nothing is left.
package final class Host {
    /// How many rounds one input may cause before it counts as a livelock.
    private static let roundLimit = 10_000

    package let address: NetworkAddress
    package private(set) var endpoint: Endpoint
    package private(set) var connections: [SimulatedConnection] = []
    /// What waits to enter the network.
    package private(set) var outbox: [NetworkDatagram] = []
    /// Datagrams for addresses at which there is no client.
    package var unreachable: [NetworkDatagram] = []
    package private(set) var sentByteCount = 0
    private var indices: [ConnectionHandle: Int] = [:]
    private let receiveBuffer = DatagramBuffer()
    private let sendBuffer = DatagramBuffer()
    private let replyBuffer = DatagramBuffer()

    package init(address: NetworkAddress, endpoint: consuming Endpoint) {
        self.address = address
        self.endpoint = endpoint
    }

    /// Forgets everything but the address, as a restarted process.
    package func restart(with endpoint: consuming Endpoint) {
        for connection in connections { connection.isForgotten = true }
        indices = [:]
        self.endpoint = endpoint
    }

    /// How many connections the endpoint knows.
    package var connectionCount: Int { endpoint.connectionCount }

    package func takeOutbox() -> [NetworkDatagram] {
        defer { outbox = [] }
        return outbox
    }

    package func withEndpoint<Result: ~Copyable, Failure: Error>(
        _ body: (inout Endpoint) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(&endpoint)
    }

    /// Takes over a connection that the endpoint made.
    package func add(_ connection: SimulatedConnection) {
        indices[connection.core.handle] = connections.count
        connections.append(connection)
    }

    /// Takes datagrams of one train; returns the connections that got something.
    package func receive(
        _ datagrams: [NetworkDatagram], now: Instant, accepting: Bool,
        accept: (Incoming) -> SimulatedConnection?
    ) -> [SimulatedConnection] {
        guard let first = datagrams.first else { return [] }
        let train = ReceivedTrain(
            path: NetworkPath(local: address, remote: first.source), ecn: first.ecn,
            byteCount: receiveBuffer.replace(with: datagrams.flatMap(\.bytes)),
            segmentByteCount: first.bytes.count)
        var offset = 0
        var touched: [SimulatedConnection] = []
        while let route = endpoint.route(
            receiveBuffer, train, offset: &offset, now: now, accepting: accepting,
            reply: replyBuffer)
        {
            switch route {
            case .connection(let handle, let range):
                guard let index = indices[handle] else { continue }
                connections[index].core.handle(receiveBuffer, run: range, of: train, now: now)
                touched.append(connections[index])
            case .accept(let incoming, let range):
                guard let connection = accept(incoming) else { continue }
                add(connection)
                connection.core.handle(receiveBuffer, run: range, of: train, now: now)
                touched.append(connection)
            case .reply(let transmit): send(transmit, from: replyBuffer)
            case .drop: break
            }
        }
        return touched
    }

    /// Drives a connection until it has nothing left to do now.
    package func drain(_ connection: SimulatedConnection, now: Instant) {
        for _ in 0..<Self.roundLimit {
            while let transmit = connection.core.pollTransmit(now: now, into: sendBuffer) {
                send(transmit, from: sendBuffer)
            }
            var isBusy = false
            while let event = connection.core.pollEvent() {
                connection.record(event, now: now)
                isBusy = true
            }
            if connection.application.step(&connection.core, now: now) { isBusy = true }
            while let event = connection.core.pollEndpointEvent() {
                endpoint.handle(event, from: connection.core.handle)
            }
            if connection.core.isDrained {
                connection.isForgotten = true
                return
            }
            if let deadline = connection.core.nextTimeout, deadline <= now {
                connection.core.handleTimeout(now: now)
                isBusy = true
            }
            guard isBusy else { return }
        }
        connection.violation = "livelock: no end of work at one instant"
    }

    private func send(_ transmit: Transmit, from buffer: DatagramBuffer) {
        let bytes = buffer.copy(transmit.byteCount)
        let size = max(transmit.segmentByteCount, 1)
        sentByteCount += bytes.count
        for start in stride(from: 0, to: bytes.count, by: size) {
            let segment = Array(bytes[start..<min(start + size, bytes.count)])
            outbox.append(
                NetworkDatagram(
                    bytes: segment, source: address, destination: transmit.path.remote,
                    ecn: transmit.ecn))
        }
    }
}
