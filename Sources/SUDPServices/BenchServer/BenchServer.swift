public import SUDPTransport

/// A benchmark server on a listener.
public struct BenchServer: Sendable {
    private let hall: BenchHall
    private let tell: @Sendable (BenchServerEvent) -> Void

    /// Prepares a server; `tell` gets what happens.
    public init(
        _ rules: BenchServerRules, tell: @escaping @Sendable (BenchServerEvent) -> Void = { _ in }
    ) {
        hall = BenchHall(rules)
        self.tell = tell
    }

    /// Serves the listener's connections until the task is cancelled; then everybody hears of it.
    public func run(_ listener: Listener) async {
        await withDiscardingTaskGroup { group in
            for await connection in listener {
                group.addTask { [hall, tell] in
                    await BenchGuest(connection: connection, hall: hall, tell: tell).run()
                }
            }
            for visit in hall.all { visit.end(.interrupted, reason: "the server ends") }
        }
    }

    /// How many clients are served, and what they got and gave so far.
    public func load() async -> (clients: Int, bytesSent: UInt64, bytesReceived: UInt64) {
        let visits = hall.all
        var sum = BenchStatistics()
        for visit in visits { sum = sum.adding(await visit.total()) }
        return (visits.count, sum.bytesAcknowledged, sum.bytesRead)
    }
}
