import Testing

@testable import SUDPProtocol

@Suite struct AckFrequencyTests {
    private static let roundTrip = TimeSpan.milliseconds(20)
    private static let start = Instant(nanoseconds: 1_000_000_000)

    /// Packets in order, evenly spaced, so many in a round trip.
    private func receive(
        _ packets: Int, perRoundTrip: UInt64, into frequency: inout AckFrequency,
        from start: Instant = start, roundTrip: TimeSpan = roundTrip
    ) -> Instant {
        var now = start
        for _ in 0..<packets {
            now = now + Self.roundTrip / perRoundTrip
            frequency.onReceived(isInOrder: true, roundTrip: roundTrip, now: now)
        }
        return now
    }

    @Test func `in the first round trip every second packet is acknowledged`() {
        var frequency = AckFrequency()
        for _ in 0..<500 {
            _ = receive(1, perRoundTrip: 1000, into: &frequency)
            #expect(frequency.packetsPerAck == 2)
        }
        #expect(frequency.maxDelay == Limits.maxAckDelay)
    }

    @Test(
        arguments: [(10, 2), (47, 2), (48, 3), (160, 10), (320, 20), (520, 32), (5000, 32)]
            as [(UInt64, UInt64)])
    func `a steady flow has sixteen acknowledgements per round trip, of 32 packets at most`(
        perRoundTrip: UInt64, packetsPerAck: UInt64
    ) {
        var frequency = AckFrequency()
        _ = receive(Int(2 * perRoundTrip) + 20, perRoundTrip: perRoundTrip, into: &frequency)
        #expect(frequency.packetsPerAck == packetsPerAck)
        #expect(frequency.isBulk == (packetsPerAck > 2))
    }

    @Test func `a group waits as long as two groups take`() {
        var frequency = AckFrequency()
        _ = receive(1000, perRoundTrip: 400, into: &frequency)
        #expect(frequency.maxDelay == .microseconds(2500))
        #expect(frequency.packetInterval == .microseconds(50))
    }

    @Test func `after a gap eight packets are acknowledged as at the start`() {
        var frequency = AckFrequency()
        var now = receive(1000, perRoundTrip: 400, into: &frequency)
        frequency.onReceived(isInOrder: false, roundTrip: Self.roundTrip, now: now)
        for _ in 0..<8 {
            #expect(frequency.packetsPerAck == 2)
            #expect(frequency.maxDelay == Limits.maxAckDelay)
            #expect(frequency.isBulk)
            now = receive(1, perRoundTrip: 400, into: &frequency, from: now)
        }
        _ = receive(1, perRoundTrip: 400, into: &frequency, from: now)
        #expect(frequency.packetsPerAck == 25)
    }

    @Test func `a flow that pauses or slows down is acknowledged as at the start`() {
        var frequency = AckFrequency()
        let end = receive(1000, perRoundTrip: 400, into: &frequency)
        #expect(frequency.packetsPerAck == 25)
        var paused = frequency
        _ = receive(1, perRoundTrip: 1, into: &paused, from: end + .seconds(1))
        #expect(paused.packetsPerAck == 2)
        _ = receive(60, perRoundTrip: 20, into: &frequency, from: end)
        #expect(frequency.packetsPerAck == 2)
    }

    @Test func `without a round trip nothing changes`() {
        var frequency = AckFrequency()
        _ = receive(
            100_000, perRoundTrip: 1000, into: &frequency,
            roundTrip: TimeSpan(nanoseconds: .max))
        #expect(frequency.packetsPerAck == 2)
        #expect(!frequency.isBulk)
    }

    @Test func `a round trip of nothing and packets of one moment do no harm`() {
        var frequency = AckFrequency()
        for _ in 0..<100 {
            frequency.onReceived(isInOrder: true, roundTrip: .zero, now: Self.start)
        }
        #expect(frequency.packetsPerAck == 2)
    }

    @Test func `a steady flow is acknowledged in groups, but gaps and marks at once`() {
        var acks = AckScheduler()
        var now = Self.start
        var number: UInt64 = 0
        var count = 0
        func receive(_ ecn: ECNCodepoint = .notECT) -> Bool {
            now = now + .microseconds(50)
            acks.onReceived(
                number, isAckEliciting: true, isImmediate: false, ecn: ecn,
                roundTrip: Self.roundTrip, now: now)
            number += 1
            guard acks.shouldSend(now: now) else { return false }
            _ = ByteWriter.bytes(capacity: 1200) { acks.write(to: &$0, now: now) }
            return true
        }
        for _ in 0..<800 where receive() { count += 1 }
        #expect((200...240).contains(count))
        count = 0
        for _ in 0..<1000 where receive() { count += 1 }
        #expect((38...42).contains(count))
        #expect(receive(.ce))
        number += 1
        #expect(receive())
        count = 0
        for _ in 0..<8 where receive() { count += 1 }
        #expect(count == 4)
    }
}
