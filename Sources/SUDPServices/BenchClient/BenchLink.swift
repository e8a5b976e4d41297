internal import SUDPTransport

/// The client's end of a connection of which the server knows what it is for, and is ready.
protocol BenchLink: Sendable {
    var stream: any LoadStream { get }
    /// The connection of this transport; nil where the kernel's TCP carries the bytes.
    var connection: Connection? { get }
    /// Returns when the server has everything that was sent; nothing more is sent.
    func finish(_ direction: BenchDirection) async throws
    /// Why the connection is over, as far as that is known.
    func failure(for error: any Error) async -> any Error
    /// Ends the connection, complete or not.
    func close() async
}

/// A connection of this transport.
struct SUDPLink: BenchLink {
    private let established: Connection

    /// Tells the server what an established connection is for, and waits until it is ready.
    init(_ connection: Connection, announcing message: BenchMessage) async throws {
        established = connection
        do {
            try await connection.write(message)
            var inbox = BenchInbox(connection)
            guard case .ready = try await inbox.next(), !inbox.hasMore else {
                throw BenchFailure.wrongService("the server does not say that it is ready")
            }
        } catch let error as TransportError where error.category != .cancelled {
            throw await BenchControl.failure(of: connection, error)
        }
    }

    var stream: any LoadStream { established }
    var connection: Connection? { established }

    func finish(_ direction: BenchDirection) async throws {
        established.finish()
        try await established.waitUntilSendConfirmed()
    }

    func failure(for error: any Error) async -> any Error {
        error is LoadEndedEarly
            ? BenchFailure.wrongService("the server's stream ended early")
            : await BenchControl.failure(of: established, error)
    }

    func close() async {
        established.close(code: BenchCode.complete.rawValue)
        _ = await established.waitUntilClosed()
    }
}

/// A connection of the kernel's TCP.
struct TCPLink: BenchLink {
    private let load: TCPLoad
    private let control: BenchControl

    /// Connects to the port that the server opened, and waits until the server is ready.
    init(
        _ address: NetworkAddress, _ control: BenchControl, announcing message: BenchMessage
    ) async throws {
        self.control = control
        do { load = TCPLoad(try TCPSocket.make(address)) } catch {
            throw BenchFailure.noTCP("\(error)")
        }
        let thread = DedicatedThread { [load] in Self.open(load, address, announcing: message) }
        guard let thread else { throw BenchFailure.noThread }
        let failure = await withTaskCancellationHandler {
            await thread.value
        } onCancel: { [load] in
            load.end(.interrupted, reason: "")
        }
        if let failure { throw await control.reason(for: failure) }
    }

    private static func open(
        _ load: TCPLoad, _ address: NetworkAddress, announcing message: BenchMessage
    ) -> BenchFailure? {
        let limit = BenchConstants.tcpConnectLimit
        do { try load.socket.connect(to: address, within: limit) } catch {
            return .noTCP("\(error)")
        }
        guard load.write(message), load.readMessage(within: limit) == .ready else {
            return .noTCP("what answers at TCP \(address.text) does not say that it is ready")
        }
        return nil
    }

    var stream: any LoadStream { load }
    var connection: Connection? { nil }

    func finish(_ direction: BenchDirection) async throws {
        guard direction == .upload else { return try await waitUntilAcknowledged() }
        load.finish()
        let confirmation = DedicatedThread { [load] in
            load.readAll(BenchMessage.ready.message.encoded.count)
        }
        guard let confirmation else { throw BenchFailure.noThread }
        guard await confirmation.value == BenchMessage.ready.message.encoded else {
            throw LoadEndedEarly()
        }
    }

    /// The server's stream has load on it: that its kernel has everything must do.
    private func waitUntilAcknowledged() async throws {
        while load.socket.unacknowledged > 0 {
            guard load.socket.isOpen else { throw LoadEndedEarly() }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    func failure(for error: any Error) async -> any Error {
        switch error {
        case let failure as TCPSocket.Failure:
            await control.reason(for: .noTCP("\(failure)"))
        case is LoadEndedEarly: await control.reason(for: .noTCP("the connection broke"))
        default: error
        }
    }

    func close() async {
        load.end(.complete, reason: "")
    }
}
