import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct LossRecoveryTests {
    @Test func `the third later acknowledgement declares a packet lost`() {
        let rig = RecoveryRig()
        rig.send(4)
        rig.wait(100)
        #expect(rig.ack(1...1))
        #expect(rig.lost.isEmpty)
        #expect(rig.ack(1...2))
        #expect(rig.lost.isEmpty)
        #expect(rig.ack(1...3))
        #expect(rig.lost == [0])
        #expect(rig.space.lossTime == nil)
    }

    @Test func `fewer acknowledgements leave the reordering window of a quarter round trip`() {
        let rig = RecoveryRig()
        let sentTime = rig.now
        rig.send(4)
        rig.wait(100)
        #expect(rig.ack(3...3))
        #expect(rig.lost.isEmpty)
        #expect(rig.space.lossTime == sentTime + .milliseconds(125))
        rig.wait(24)
        rig.expireLossTimer()
        #expect(rig.lost.isEmpty)
        rig.wait(1)
        rig.expireLossTimer()
        #expect(rig.lost == [0, 1, 2])
    }

    @Test func `after reordering only time declares losses`() {
        let rig = RecoveryRig()
        rig.send(2)
        rig.wait(100)
        #expect(rig.ack(1...1))
        #expect(rig.ack(0...1))
        #expect(rig.recovery.reordering.hasSeenReordering)
        rig.send(5)
        rig.wait(100)
        #expect(rig.ack(3...6))
        #expect(rig.lost.isEmpty)
        rig.wait(25)
        rig.expireLossTimer()
        #expect(rig.lost == [2])
    }

    @Test func `a late acknowledgement of a lost packet is noticed once`() {
        let rig = RecoveryRig()
        rig.send(4)
        rig.wait(100)
        #expect(rig.ack(1...3))
        rig.wait(10)
        #expect(rig.ack(0...3))
        #expect(rig.recovery.spuriouslyLost == [0])
        #expect(rig.acked == [0])
        #expect(rig.ack(0...3))
        #expect(rig.recovery.spuriouslyLost.isEmpty)
        #expect(rig.acked.isEmpty)
    }

    @Test func `what was never sent cannot be acknowledged`() {
        let rig = RecoveryRig()
        #expect(!rig.ack(0...0))
        rig.send(3)
        #expect(!rig.ack(0...3))
        #expect(!rig.ack(1 << 61...1 << 61))
        #expect(rig.ack(0...2))
    }

    @Test(arguments: [true, false])
    func `a skipped number cannot be acknowledged, whether or not all before it was`(
        _ isAckedBefore: Bool
    ) {
        let rig = RecoveryRig()
        while !rig.space.skipped.contains(rig.space.sent.nextNumber &- 1) {
            rig.send(1)
            rig.space.skipNumber(random: 0, windowPackets: 20, now: rig.now)
        }
        let skipped = rig.space.sent.nextNumber - 1
        rig.send(3)
        rig.wait(100)
        if isAckedBefore { #expect(rig.ack(0...(skipped - 1))) }
        #expect(rig.ack((skipped + 1)...(skipped + 3)))
        #expect(!rig.ack(0...(skipped + 3)))
    }

    @Test func `an old acknowledgement that comes late changes nothing`() {
        let rig = RecoveryRig()
        rig.send(4)
        rig.wait(100)
        #expect(rig.ack(0...3))
        rig.wait(50)
        #expect(rig.ack(0...1))
        #expect(rig.acked.isEmpty)
        #expect(rig.recovery.rtt.latestRTT == .milliseconds(100))
        #expect(rig.space.sent.bytesInFlight == 0)
    }

    @Test func `an acknowledgement of an acknowledgement is no round trip`() {
        let rig = RecoveryRig()
        rig.send(1, isAckEliciting: false)
        rig.wait(700)
        #expect(rig.ack(0...0))
        #expect(!rig.recovery.rtt.hasSample)
        rig.send(1)
        rig.wait(100)
        #expect(rig.ack(0...1))
        #expect(rig.recovery.rtt.smoothedRTT == .milliseconds(100))
    }

    @Test func `a peer's delay counts up to what it announced`() {
        let rig = RecoveryRig()
        rig.send(1)
        rig.wait(100)
        #expect(rig.ack(0...0))
        rig.send(1)
        rig.wait(400)
        #expect(rig.ack(0...1, delayMicroseconds: 1 << 62 - 1))
        // 400 − 25, an eighth of the way from 100.
        #expect(rig.recovery.rtt.smoothedRTT == .microseconds(134_375))
    }

    @Test func `losses across three probe timeouts with nothing between are persistent`() {
        for (gap, isPersistent) in [(UInt64(824), false), (825, true)] {
            let rig = RecoveryRig()
            rig.send(1)
            rig.wait(100)
            #expect(rig.ack(0...0))
            // The probe timeout is 100 + 4 × 37.5 + 25 = 275 ms by then.
            rig.wait(1)
            rig.send(1)
            rig.wait(gap)
            rig.send(4)
            rig.wait(100)
            #expect(rig.ack(3...5))
            #expect(rig.lost == [1, 2])
            #expect(rig.recovery.isPersistentlyCongested == isPersistent)
        }
    }

    @Test func `an acknowledgement in the middle ends the persistence`() {
        let rig = RecoveryRig()
        rig.send(1)
        rig.wait(100)
        #expect(rig.ack(0...0))
        rig.wait(1)
        rig.send(1)
        rig.wait(600)
        rig.send(1)
        rig.wait(600)
        rig.send(4)
        rig.wait(100)
        #expect(rig.ack(4...6, 2...2))
        #expect(rig.lost == [1, 3])
        #expect(!rig.recovery.isPersistentlyCongested)
    }

    @Test func `a probe timeout doubles up to the limit until an acknowledgement comes`() {
        let rig = RecoveryRig()
        func timeout() -> TimeSpan { rig.recovery.probeTimeout(isInitial: true) }
        #expect(timeout() == .milliseconds(999))
        rig.recovery.onProbeTimeout()
        #expect(timeout() == .milliseconds(1998))
        rig.recovery.onProbeTimeout()
        #expect(timeout() == Limits.probeTimeoutMaximum)
        for _ in 0..<100 { rig.recovery.onProbeTimeout() }
        #expect(timeout() == Limits.probeTimeoutMaximum)
        rig.send(1)
        rig.wait(100)
        #expect(rig.ack(0...0))
        #expect(timeout() == .milliseconds(300))
        #expect(rig.recovery.probeTimeout(isInitial: false) == .milliseconds(325))
    }

    @Test func `a round trip above the limit is waited for`() {
        let rig = RecoveryRig()
        rig.send(1)
        rig.wait(2000)
        #expect(rig.ack(0...0))
        #expect(rig.recovery.probeTimeout(isInitial: true) == .seconds(6))
        rig.recovery.onProbeTimeout()
        #expect(rig.recovery.probeTimeout(isInitial: true) == .seconds(6))
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `random losses and reordering leave no packet unaccounted`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let rig = RecoveryRig()
        var received = DisjointRanges()
        var settled: [UInt64: Int] = [:]
        for _ in 0..<500 {
            rig.wait(random.below(20))
            let first = rig.space.sent.nextNumber
            rig.send(Int(random.below(4)), isAckEliciting: random.chance(0.8))
            for number in first..<rig.space.sent.nextNumber where random.chance(0.8) {
                received.insert(number..<(number + 1))
            }
            if random.chance(0.5), let time = rig.space.lossTime, time <= rig.now {
                rig.expireLossTimer()
                if let next = rig.space.lossTime { #expect(next > rig.now) }
            } else {
                let ranges = received.ranges.suffix(20).reversed().map {
                    $0.lowerBound...($0.upperBound - 1)
                }
                guard !ranges.isEmpty else { continue }
                let isHonest = withAckFrame(ranges) { rig.ack($0) }
                #expect(isHonest == true)
            }
            for number in rig.acked { settled[number, default: 0] += 1 }
            #expect(rig.acked.allSatisfy { settled[$0] == 1 && received.contains($0) })
            #expect(rig.lost.allSatisfy { settled[$0] == nil })
            let flying = (rig.space.sent.firstNumber..<rig.space.sent.nextNumber)
                .compactMap { rig.space.sent[$0] }
                .filter { $0.state == .outstanding && $0.isAckEliciting }
            #expect(rig.space.sent.bytesInFlight == flying.count * 1000)
            #expect(rig.space.sent.outstandingAckEliciting == flying.count)
        }
    }
}
