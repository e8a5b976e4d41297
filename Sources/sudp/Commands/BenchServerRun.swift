import SUDPServices
import SUDPTransport

/// One run of `sudp bench --serve`.
struct BenchServerRun {
    let command: Bench

    func run() async throws {
        let diagnostics = command.diagnosis.diagnostics
        var rules = command.server.rules(maximumVisits: command.clients.maximumConnections)
        rules.secret = try command.secret
        let maximumConnections = rules.maximumConnections
        let server = BenchServer(rules) { diagnostics.notice("\($0)") }
        SignalWatch.shared.onStatus {
            Task {
                let load = await server.load()
                Diagnostics.say(
                    "status: \(load.clients) clients, sent \(load.bytesSent) bytes,"
                        + " received \(load.bytesReceived)")
            }
        }
        let (listener, failures) = try await command.listenerSettings.open(
            command.parsedAddress, maximumConnections: maximumConnections, diagnostics)
        defer {
            failures.cancel()
            listener.close()
        }
        await server.run(listener)
        try Task.checkCancellation()
    }
}
