<<<<<<< HEAD
=======
import SUDPSimulator
>>>>>>> 0d41ff76002d33ffdd3f294e443c25c9d780a1d0
import Testing

@testable import SUDPProtocol

<<<<<<< HEAD
/// RFC 9000 §13.2.
@Suite struct AckSchedulerTests {
    private let now = Instant(nanoseconds: 1_000_000_000)

    @Test func `the second packet is acknowledged at once and the first within 25 ms`() {
        var acks = AckScheduler()
        receive([0], &acks)
        #expect(!acks.shouldSend(now: now))
        #expect(acks.deadline == now + .milliseconds(25))
        #expect(acks.shouldSend(now: now + .milliseconds(25)))

        receive([1], &acks)
        #expect(acks.shouldSend(now: now))
    }

    @Test(arguments: [[0, 2], [0, 1, 3, 2]] as [[UInt64]])
    func `a gap and a filled gap are acknowledged at once`(numbers: [UInt64]) {
        var acks = AckScheduler()
        receive(numbers.dropLast(), &acks)
        _ = ranges(&acks)

        receive(numbers.suffix(1), &acks)

        #expect(acks.shouldSend(now: now))
    }

    @Test func `a congestion mark is acknowledged at once and counted`() {
        var acks = AckScheduler()
        acks.onReceived(0, isAckEliciting: true, isImmediate: false, ecn: .ce, now: now)

        #expect(acks.shouldSend(now: now))
        #expect(acks.ecnCounts.ce == 1)
    }

    @Test func `packets that need no acknowledgement make none`() {
        var acks = AckScheduler()
        for number in UInt64(0)..<10 {
            acks.onReceived(
                number * 2, isAckEliciting: false, isImmediate: false, ecn: .notECT, now: now)
        }

        #expect(!acks.shouldSend(now: now + .seconds(10)))
        #expect(acks.deadline == nil)
    }

    @Test func `ranges are reported with the highest first as packets come`() {
        var acks = AckScheduler()
        let steps: [(numbers: [UInt64], ranges: [ClosedRange<UInt64>])] = [
            ([2], [2...2]), ([3], [2...3]), ([5], [5...5, 2...3]),
            ([8], [8...8, 5...5, 2...3]), ([1, 4, 6], [8...8, 1...6]), ([7], [1...8]),
        ]
        for step in steps {
            receive(step.numbers, &acks)
            #expect(ranges(&acks) == step.ranges)
        }
    }

    @Test func `a duplicate is known as one`() {
        var acks = AckScheduler()
        receive([1, 2, 5], &acks)

        #expect([1, 2, 5].allSatisfy { acks.isDuplicate($0) })
        #expect([0, 3, 4, 6].allSatisfy { !acks.isDuplicate($0) })
    }

    @Test func `of a hundred gaps the newest 64 ranges are reported`() throws {
        var acks = AckScheduler()
        receive((0...100).map { $0 * 2 }, &acks)

        let reported = ranges(&acks)

        #expect(reported.count == 64)
        #expect(reported.first == 200...200)
        #expect(reported.last == 74...74)
    }

    @Test func `what was forgotten counts as a duplicate`() {
        var acks = AckScheduler()
        receive((0...5000).map { $0 * 2 }, &acks)

        #expect(acks.received.count <= 1024)
        #expect(acks.isDuplicate(0) && acks.isDuplicate(1))
        #expect(!acks.isDuplicate(9999))
    }

    @Test func `ranges that the peer knows to be acknowledged are not repeated`() {
        var acks = AckScheduler()
        receive([0, 1, 4, 8], &acks)
        #expect(ranges(&acks).count == 3)

        acks.onAckAcknowledged(below: 5)

        #expect(ranges(&acks) == [8...8])
    }

    @Test func `the delay is that of the largest packet`() throws {
        var acks = AckScheduler()
        acks.onReceived(7, isAckEliciting: true, isImmediate: false, ecn: .notECT, now: now)
        acks.onReceived(
            5, isAckEliciting: true, isImmediate: false, ecn: .notECT,
            now: now + .milliseconds(9))

        let frame = try #require(
            frame(&acks, now: now + .milliseconds(10)) { $0.delayMicroseconds })

        #expect(frame == 10_000)
    }

    private func receive(_ numbers: some Collection<UInt64>, _ acks: inout AckScheduler) {
        for number in numbers {
            acks.onReceived(
                number, isAckEliciting: true, isImmediate: false, ecn: .notECT, now: now)
        }
    }

    private func ranges(_ acks: inout AckScheduler) -> [ClosedRange<UInt64>] {
        frame(&acks, now: now) { frame in
            var ranges: [ClosedRange<UInt64>] = []
            frame.forEachRange { ranges.append($0) }
            return ranges
        } ?? []
    }

    /// What `body` reads in the frame that is sent now.
    private func frame<Result>(
        _ acks: inout AckScheduler, now: Instant, _ body: (AckFrame) -> Result
    ) -> Result? {
        let bytes = ByteWriter.bytes(capacity: 1100) { acks.write(to: &$0, now: now) }
        return bytes.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            guard case .ack(let frame)? = Frame.decode(&reader), reader.isAtEnd else { return nil }
            return body(frame)
        }
=======
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
>>>>>>> 0d41ff76002d33ffdd3f294e443c25c9d780a1d0
    }
}
