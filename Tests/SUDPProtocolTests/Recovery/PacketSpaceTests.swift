import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct PacketSpaceTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `the packet threshold is the third highest acknowledged number`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var space = PacketSpace()
        var numbers: [UInt64] = []
        for number in (0..<50 as Range<UInt64>).shuffled(using: &random) {
            space.noteAcked(number)
            numbers.append(number)
            let highest = numbers.sorted(by: >)
            #expect(space.largestAcked == highest.first)
            #expect(space.newestAcked == Array(highest.prefix(Limits.packetThreshold)))
            #expect(space.packetThresholdNumber == (highest.count < 3 ? nil : highest[2]))
        }
    }

    @Test(arguments: [1, 40, 1 << 30])
    func `numbers are skipped between half and twice a window apart`(_ windowPackets: Int) {
        var random = SeededRandom(seed: 1)
        var space = PacketSpace()
        let span = min(
            max(UInt64(windowPackets), Limits.skipSpanMinimum), Limits.skipSpanMaximum)
        var distances: [UInt64] = []
        var last: UInt64?
        while distances.count < 6 {
            if space.isSkipDue {
                let next = space.sent.nextNumber
                space.skipNumber(
                    random: random.next(), windowPackets: windowPackets,
                    now: Instant(nanoseconds: 0))
                if space.sent.nextNumber > next {
                    #expect(space.sent[next]?.state == .skipped)
                    #expect(space.skipped.last == next)
                    if let last { distances.append(next - last) }
                    last = next
                }
            }
            var packet = SentPacket()
            packet.isAckEliciting = true
            space.onSent(packet)
            _ = space.sent.mark(space.sent.nextNumber - 1, .acknowledged)
            space.sent.forgetSettled(before: Instant(nanoseconds: 0))
        }
        #expect(distances.allSatisfy { $0 >= span / 2 && $0 <= 2 * span + 1 })
        #expect(Set(distances).count > 3)
        #expect(space.skipped.count == Limits.skipsRemembered)
    }

    @Test func `packets without anything to acknowledge are counted in a row`() {
        var space = PacketSpace()
        for _ in 0..<5 { space.onSent(SentPacket()) }
        #expect(space.nonElicitingInARow == 5)
        #expect(space.lastAckElicitingTime == nil)
        var packet = SentPacket()
        packet.isAckEliciting = true
        packet.sentTime = Instant(nanoseconds: 7)
        space.onSent(packet)
        #expect(space.nonElicitingInARow == 0)
        #expect(space.lastAckElicitingTime == Instant(nanoseconds: 7))
    }

    @Test func `a full space takes probes only`() {
        var space = PacketSpace()
        var packet = SentPacket()
        packet.isAckEliciting = true
        space.onSent(packet)
        for _ in 1..<Limits.sentPacketsRemembered {
            #expect(space.mayRemember)
            space.onSent(SentPacket())
        }
        #expect(!space.mayRemember)
        space.probesPending = 1
        #expect(space.mayRemember)
    }
}
