import Testing

@testable import SUDPProtocol

/// RFC 9000 §13.2.
@Suite struct AckSchedulerRowTests {
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
    }
}
