import SUDPProtocol
import SUDPSimulator
import Testing

@Suite struct EventQueueTests {
    @Test func `events leave in order of time`() {
        var random = SeededRandom(seed: 3)
        var queue = EventQueue<UInt64>()
        for _ in 0..<1000 {
            let time = random.below(500)
            queue.add(time, at: Instant(nanoseconds: time))
        }

        var times: [UInt64] = []
        while let (time, event) = queue.removeFirst() {
            #expect(time.nanoseconds == event)
            times.append(event)
        }

        #expect(times.count == 1000)
        #expect(times == times.sorted())
    }

    @Test func `events of one instant leave in the order in which they were added`() {
        var queue = EventQueue<Int>()
        for index in 0..<100 { queue.add(index, at: Instant(nanoseconds: UInt64(index % 2))) }

        var events: [Int] = []
        while let (_, event) = queue.removeFirst() { events.append(event) }

        #expect(events == Array(stride(from: 0, to: 100, by: 2)) + stride(from: 1, to: 100, by: 2))
    }
}
