import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct AckSchedulerTests {
    private static let start = Instant(nanoseconds: 1_000_000_000)

    private func receive(
        _ numbers: [UInt64], into acks: inout AckScheduler, isAckEliciting: Bool = true,
        isImmediate: Bool = false, ecn: ECNCodepoint = .notECT, now: Instant = start
    ) {
        for number in numbers {
            acks.onReceived(
                number, isAckEliciting: isAckEliciting, isImmediate: isImmediate, ecn: ecn,
                now: now)
        }
    }

    /// Sends what is due; the ranges, highest first.
    private func write(
        _ acks: inout AckScheduler, now: Instant = start, room: Int = 1200
    ) -> (ranges: [ClosedRange<UInt64>], delay: UInt64) {
        let bytes = ByteWriter.bytes(capacity: room) { acks.write(to: &$0, now: now) }
        return bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            guard case .ack(let frame)? = Frame.decode(&reader) else { return ([], 0) }
            return (frame.ranges, frame.delayMicroseconds)
        }
    }

    @Test func `the second packet in order is acknowledged at once`() {
        var acks = AckScheduler()
        receive([0], into: &acks)
        #expect(!acks.shouldSend(now: Self.start))
        receive([1], into: &acks)
        #expect(acks.shouldSend(now: Self.start))
        #expect(write(&acks).ranges == [0...1])
        #expect(!acks.shouldSend(now: Self.start))
    }

    @Test func `a single packet waits as long as we announced and says so`() {
        var acks = AckScheduler()
        receive([0], into: &acks)
        let deadline = Self.start + Limits.maxAckDelay
        #expect(acks.deadline == deadline)
        #expect(!acks.shouldSend(now: Self.start + .milliseconds(24)))
        #expect(acks.shouldSend(now: deadline))
        #expect(write(&acks, now: deadline).delay == 25_000)
        #expect(acks.deadline == nil)
    }

    @Test(arguments: [[2], [5, 6], [0]] as [[UInt64]])
    func `gaps, filled gaps and late packets are acknowledged at once`(_ numbers: [UInt64]) {
        var acks = AckScheduler()
        receive([1], into: &acks)
        _ = write(&acks)
        receive([3], into: &acks)
        #expect(acks.shouldSend(now: Self.start))
        _ = write(&acks)
        receive(numbers, into: &acks)
        #expect(acks.shouldSend(now: Self.start))
    }

    @Test func `congestion marks and what must not wait are acknowledged at once`() {
        var marked = AckScheduler()
        receive([0], into: &marked, ecn: .ce)
        #expect(marked.shouldSend(now: Self.start))
        var urgent = AckScheduler()
        receive([0], into: &urgent, isImmediate: true)
        #expect(urgent.shouldSend(now: Self.start))
    }

    @Test func `acknowledgements are never acknowledged by themselves`() {
        var acks = AckScheduler()
        receive([0, 5, 3, 9], into: &acks, isAckEliciting: false)
        #expect(!acks.shouldSend(now: Self.start + .seconds(100)))
        #expect(acks.deadline == nil)
        #expect(!acks.hasPending)
        receive([10, 11], into: &acks)
        #expect(write(&acks).ranges == [9...11, 5...5, 3...3, 0...0])
    }

    @Test func `the newest ranges are reported when there are too many`() {
        var acks = AckScheduler()
        receive((0..<100).map { 2 * $0 }, into: &acks)
        let ranges = write(&acks, room: 65_536).ranges
        #expect(ranges.count == Limits.ackRangesKept)
        #expect(ranges.first == 198...198)
    }

    @Test func `what the peer knows to be acknowledged is not repeated`() {
        var acks = AckScheduler()
        receive([0, 2, 4, 6], into: &acks)
        #expect(write(&acks).ranges.count == 4)
        acks.onAckAcknowledged(below: 5)
        receive([8], into: &acks)
        #expect(write(&acks).ranges == [8...8, 6...6])
        receive([1], into: &acks)
        #expect(write(&acks).ranges.last == 0...2)
    }

    @Test func `what came before the oldest range counts as seen`() {
        var acks = AckScheduler()
        receive((0..<2000).map { 2 * $0 }, into: &acks)
        #expect(acks.received.count == 1024)
        #expect(acks.isDuplicate(1))
        #expect(acks.isDuplicate(0))
        #expect(!acks.isDuplicate(3999))
        #expect(acks.isDuplicate(3998))
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `random arrivals are seen once and reported truly`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var acks = AckScheduler()
        var seen: Set<UInt64> = []
        var base: UInt64 = 0
        for _ in 0..<2000 {
            let number = base + random.below(40)
            if random.chance(0.3) { base += 1 }
            #expect(acks.isDuplicate(number) == seen.contains(number))
            guard !acks.isDuplicate(number) else { continue }
            receive([number], into: &acks, isAckEliciting: random.chance(0.8))
            seen.insert(number)
            #expect(acks.largest == seen.max())
            guard acks.shouldSend(now: Self.start) else { continue }
            let ranges = write(&acks, room: 65_536).ranges
            #expect(ranges.allSatisfy { $0.allSatisfy(seen.contains) })
            #expect(ranges.first?.upperBound == seen.max())
        }
    }

    @Test func `ECN codepoints are counted`() {
        var acks = AckScheduler()
        receive([0, 1], into: &acks, ecn: .ect0)
        receive([2], into: &acks, ecn: .ce)
        receive([3], into: &acks, ecn: .ect1)
        #expect((acks.ecnCounts.ect0, acks.ecnCounts.ce, acks.ecnCounts.ect1) == (2, 1, 1))
    }
}
