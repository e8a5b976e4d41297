import Glibc
import Testing

@testable import SUDPTransport

@Suite(.timeLimit(.minutes(1))) struct MonitorTests {
    private struct Count: WaitableState {
        var value = 0
        var waiting = WaitList<Int>()

        func holds(_ condition: Int) -> Bool { value >= condition }
    }

    private let monitor = Monitor(Count())

    @Test func `a condition that holds is not waited for`() async {
        await monitor.wait(for: 0)
        monitor.block(until: 0)
    }

    @Test func `a task goes on when its condition comes true`() async {
        async let seen = value(after: 2)
        for _ in 0..<2 { monitor.update { $0.value += 1 } }

        #expect(await seen == 2)
    }

    @Test func `a thread goes on when its condition comes true`() async {
        let monitor = monitor
        let seen = await withCheckedContinuation { continuation in
            do {
                try NamedThread.start(name: "test") {
                    monitor.block(until: 3)
                    continuation.resume(returning: monitor.read(\.value))
                }
            } catch {
                continuation.resume(returning: -1)
            }
            monitor.update { $0.value = 3 }
        }

        #expect(seen == 3)
    }

    @Test func `a cancelled task goes on and leaves nobody waiting`() async {
        let task = Task { await value(after: 1) }
        task.cancel()

        #expect(await task.value == 0)
        #expect(monitor.update { $0.waiting.takeReady { _ in true }.isEmpty })
    }

    private func value(after limit: Int) async -> Int {
        await monitor.wait(for: limit)
        return monitor.read(\.value)
    }
}
