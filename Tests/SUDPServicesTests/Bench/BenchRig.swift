import SUDPTransport
import Testing

@testable import SUDPServices

/// A benchmark server on loopback, and connections to it as a test makes them.
final class BenchRig: Sendable {
    let server: BenchServer
    let target: BenchTarget
    private let listener: Listener
    private let task: Task<Void, Never>

    init(
        mode: SecurityMode = .plaintext, _ change: (inout BenchServerRules) -> Void = { _ in }
    ) async throws {
        var configuration = Configuration()
        configuration.allowsPlaintext = true
        configuration.acceptsEarlyData = true
        configuration.mode = mode
        configuration.trust = .insecure
        let listener = try await Listener.bind(
            host: "127.0.0.1", port: 0, configuration: configuration)
        var rules = BenchServerRules()
        change(&rules)
        let server = BenchServer(rules)
        self.listener = listener
        self.server = server
        task = Task { await server.run(listener) }
        target = BenchTarget(
            host: "127.0.0.1", port: listener.localAddresses.first?.port ?? 0,
            configuration: configuration, connectLimit: .seconds(600), isThisProcess: true)
    }

    /// Ends the server as a signal would, and waits until it has ended.
    func stop() async {
        task.cancel()
        await task.value
        listener.close()
    }

    func connect() async throws -> Connection {
        try await target.connect(BenchVariant(name: "plaintext", way: .sudp))
    }

    /// A connection on which the server was greeted.
    func visit() async throws -> BenchControl {
        let control = try await BenchControl(connect())
        await control.start()
        return control
    }

    /// A connection that carries load; READY was read.
    func flow(
        _ control: BenchControl, _ change: (inout BenchFlowRequest) -> Void = { _ in }
    ) async throws -> Connection {
        var request = BenchFlowRequest()
        change(&request)
        let connection = try await connect()
        try await connection.write(.join(token: control.welcome.token, request))
        var inbox = BenchInbox(connection)
        #expect(try await inbox.next() == .ready)
        return connection
    }
}

/// The code with which the peer ended a connection; nil when it ended otherwise.
func peerCode(_ reason: CloseReason) -> UInt64? {
    guard case .closedByPeer(.application(let code), _) = reason else { return nil }
    return code
}
