import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct SentPacketsTests {
    private static let end = Instant(nanoseconds: .max)

    private func packet(
        _ byteCount: UInt16 = 10, isAckEliciting: Bool = true, at time: UInt64 = 0
    ) -> SentPacket {
        var packet = SentPacket()
        packet.byteCount = byteCount
        packet.isAckEliciting = isAckEliciting
        packet.sentTime = Instant(nanoseconds: time)
        return packet
    }

    @Test func `numbers outside what is remembered have no packet`() {
        var sent = SentPackets()
        #expect(sent[0] == nil)
        sent.append(packet())
        #expect(sent[0] != nil)
        #expect(sent[1] == nil)
        #expect(sent[.max] == nil)
        #expect(sent.mark(1, .lost) == nil)
        _ = sent.mark(0, .acknowledged)
        sent.forgetSettled(before: Self.end)
        #expect(sent[0] == nil)
        #expect(sent.mark(0, .lost) == nil)
        #expect(sent.nextNumber == 1)
    }

    @Test func `lost packets are remembered up to the horizon`() {
        var sent = SentPackets()
        for time in 0..<4 as Range<UInt64> { sent.append(packet(at: time)) }
        for number in 0..<3 as Range<UInt64> { _ = sent.mark(number, .lost) }
        sent.forgetSettled(before: Instant(nanoseconds: 2))
        #expect(sent.firstNumber == 2)
        #expect(sent.bytesInFlight == 10)
    }

    @Test func `an outstanding packet that asks for nothing is forgotten in time`() {
        var sent = SentPackets()
        sent.append(packet(isAckEliciting: false, at: 0))
        sent.append(packet(at: 0))
        sent.forgetSettled(before: Self.end)
        #expect(sent.firstNumber == 1)
        sent.forgetSettled(before: Self.end)
        #expect(sent.firstNumber == 1)
    }

    @Test func `what was acknowledged is not gone through again, whatever is lost before it`() {
        var sent = SentPackets()
        for _ in 0..<100 { sent.append(packet()) }
        _ = sent.mark(0, .lost)
        for number in 10..<60 as Range<UInt64> { _ = sent.mark(number, .acknowledged) }
        #expect(sent.unsettled(in: 10...70) == [10..<71])
        sent.settle(10...59)
        #expect(sent.unsettled(in: 10...59).isEmpty)
        #expect(sent.unsettled(in: 0...70) == [0..<10, 60..<71])
        _ = sent.mark(0, .acknowledged)
        sent.forgetSettled(before: Self.end)
        #expect(sent.unsettled(in: 0...70) == [1..<10, 60..<71])
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `random states agree with an array`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var sent = SentPackets()
        var model: [SentPacket] = []
        for step in 0..<600 as Range<UInt64> {
            switch random.below(5) {
            case 0, 1:
                var packet = packet(
                    UInt16(random.below(100)), isAckEliciting: random.chance(0.7), at: step)
                if random.chance(0.1) { packet.state = .skipped }
                sent.append(packet)
                model.append(packet)
            case 2, 3:
                let number = random.below(UInt64(model.count) + 2)
                let isKnown = number < model.count && sent[number] != nil
                let state: SentPacket.State = random.chance(0.5) ? .acknowledged : .lost
                guard !isKnown || model[Int(number)].state != .skipped,
                    !isKnown || model[Int(number)].state != .acknowledged
                else { continue }
                let before = sent.mark(number, state)
                #expect(before?.state == (isKnown ? model[Int(number)].state : nil))
                if isKnown { model[Int(number)].state = state }
            default: sent.forgetSettled(before: Instant(nanoseconds: step - random.below(step + 1)))
            }
            check(sent, model)
        }
    }

    private func check(_ sent: SentPackets, _ model: [SentPacket]) {
        let flying = model.indices.filter {
            model[$0].state == .outstanding && model[$0].isAckEliciting
        }
        #expect(sent.nextNumber == UInt64(model.count))
        #expect(sent.outstandingAckEliciting == flying.count)
        #expect(sent.bytesInFlight == flying.reduce(0) { $0 + Int(model[$1].byteCount) })
        #expect(sent.oldestAckEliciting() == flying.first.map(UInt64.init))
        let outstanding = (sent.firstNumber..<sent.nextNumber).first {
            model[Int($0)].state == .outstanding
        }
        #expect(sent.firstOutstanding == outstanding ?? sent.nextNumber)
        for number in flying { #expect(sent[UInt64(number)]?.state == .outstanding) }
        let open = Set(
            (0..<sent.nextNumber).filter { number in
                let state = sent[number]?.state
                return state == .outstanding || state == .lost
            })
        guard sent.nextNumber > 0 else { return }
        let unsettled = sent.unsettled(in: 0...(.max - 1))
        #expect(open.isSubset(of: unsettled.joined()))
        #expect(unsettled.allSatisfy { $0.upperBound <= sent.nextNumber })
    }
}
