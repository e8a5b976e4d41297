import SUDPTransport
import Testing

/// Two ends of a connection over loopback, without encryption.
///
/// The time to connect is long because other tests may hold every thread of the tasks.
struct LoopbackPair {
    let listener: Listener
    let client: Connection
    let server: Connection

    init() async throws {
        var configuration = Configuration()
        configuration.allowsPlaintext = true
        configuration.mode = .plaintext
        listener = try await Listener.bind(host: "127.0.0.1", port: 0, configuration: configuration)
        let port = listener.localAddresses.first?.port ?? 0
        client = try await Connection.connect(
            host: "127.0.0.1", port: port, configuration: configuration, timeout: .seconds(600))
        var iterator = listener.makeAsyncIterator()
        server = try #require(await iterator.next())
    }
}
