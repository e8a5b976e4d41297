internal import Synchronization

/// What the server last told of a group of flows, asked for again and again.
final class RemoteWatch: Sendable {
    private let control: BenchControl
    private let group: UInt32
    private let latest: Mutex<BenchStatistics?>

    init(_ control: BenchControl, group: UInt32) async {
        self.control = control
        self.group = group
        latest = Mutex(await control.statistics(group: group))
    }

    var now: BenchStatistics? { latest.withLock { $0 } }

    /// Asks until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            await ask()
            try? await Task.sleep(for: BenchConstants.sampleInterval)
        }
    }

    /// Asks once.
    func ask() async {
        guard let answer = await control.statistics(group: group) else { return }
        latest.withLock { latest in
            if answer.time > (latest?.time ?? 0) { latest = answer }
        }
    }
}
