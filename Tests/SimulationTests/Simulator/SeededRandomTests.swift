import SUDPSimulator
import Testing

@Suite struct SeededRandomTests {
    @Test func `a seed determines the sequence`() {
        var first = SeededRandom(seed: 42)
        var second = SeededRandom(seed: 42)
        var other = SeededRandom(seed: 43)

        let sequence = (0..<100).map { _ in first.next() }

        #expect(sequence == (0..<100).map { _ in second.next() })
        #expect(sequence != (0..<100).map { _ in other.next() })
    }

    @Test func `numbers stay within their bounds and reach them`() {
        var random = SeededRandom(seed: 1)

        let numbers = (0..<1000).map { _ in random.pick(3...7) }

        #expect(Set(numbers) == [3, 4, 5, 6, 7])
        #expect(random.below(0) == 0)
    }

    @Test func `a chance comes true as often as it says`() {
        var random = SeededRandom(seed: 1)

        let hits = (0..<10_000).count { _ in random.chance(0.3) }

        #expect(hits > 2800 && hits < 3200)
    }
}
