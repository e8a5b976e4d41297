import Foundation
import SUDPTransport

/// Holds many idle connections in one process: `connection-load serve PORT-FILE [CERTIFICATE KEY]`
/// takes them, `connection-load hold PORT COUNT` opens them, says so, and keeps them until its
/// input ends.
@main struct ConnectionLoad {
    private static let handshakesAtOnce = 64

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        if words.count == 2, words[0] == "serve" {
            try await serve(portFile: words[1], nil)
        } else if words.count == 4, words[0] == "serve" {
            let identity = try Identity(certificateFile: words[2], keyFile: words[3])
            try await serve(portFile: words[1], identity)
        } else if words.count == 3, words[0] == "hold", let port = UInt16(words[1]),
            let count = Int(words[2]), count > 0
        {
            try await hold(port, count)
        } else {
            print("usage: connection-load serve PORT-FILE [CERTIFICATE KEY] | hold PORT COUNT")
            exit(64)
        }
    }

    private static func serve(portFile: String, _ identity: Identity?) async throws {
        var configuration = Configuration()
        configuration.identity = identity
        let listener = try await Listener.bind(
            host: "127.0.0.1", port: 0, configuration: configuration, maximumConnections: .max)
        try "\(listener.localAddresses[0].port)\n".write(
            toFile: portFile, atomically: true, encoding: .utf8)
        var held: [Connection] = []
        for await connection in listener { held.append(connection) }
    }

    private static func hold(_ port: UInt16, _ count: Int) async throws {
        var configuration = Configuration()
        configuration.trust = .insecure
        let connector = try Connector(configuration: configuration)
        let held = try await withThrowingTaskGroup(of: Connection.self) { group in
            var held: [Connection] = []
            for number in 0..<count {
                if number >= handshakesAtOnce, let connection = try await group.next() {
                    held.append(connection)
                }
                group.addTask { try await connector.connect(host: "127.0.0.1", port: port) }
            }
            for try await connection in group { held.append(connection) }
            return held
        }
        try FileHandle.standardOutput.write(contentsOf: Data("holding \(held.count)\n".utf8))
        while readLine() != nil {}
        withExtendedLifetime(held) {}
    }
}
