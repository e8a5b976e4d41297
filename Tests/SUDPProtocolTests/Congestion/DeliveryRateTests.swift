import Testing

@testable import SUDPProtocol

@Suite struct DeliveryRateTests {
    private static let start = Instant(nanoseconds: 1_000_000_000)
    private static let rtt = TimeSpan.milliseconds(100)

    private func later(_ milliseconds: UInt64) -> Instant {
        Self.start + .milliseconds(milliseconds)
    }

    private func send(
        _ delivery: inout DeliveryRate, inFlight: inout Int, at now: Instant
    ) -> SentPacket {
        var packet = SentPacket()
        packet.isAckEliciting = true
        packet.byteCount = 1000
        packet.sentTime = now
        packet.snapshot = delivery.onSent(1000, inFlightBefore: inFlight, now: now)
        inFlight += 1000
        return packet
    }

    @Test func `a steady stream is measured exactly`() {
        var delivery = DeliveryRate()
        var inFlight = 0
        var packets: [SentPacket] = []
        var rates: [Double] = []
        for step in 0..<400 as Range<UInt64> {
            packets.append(send(&delivery, inFlight: &inFlight, at: later(step)))
            guard step >= 100 else { continue }
            delivery.onAcked([packets[Int(step - 100)]], now: later(step))
            inFlight -= 1000
            rates.append(delivery.takeSample(minRTT: Self.rtt).rate)
        }
        #expect(rates.suffix(190).allSatisfy { abs($0 - 0.001) < 2e-5 })
    }

    @Test func `acknowledgements in a burst do not look like bandwidth`() {
        var delivery = DeliveryRate()
        var inFlight = 0
        let packets = (0..<100 as Range<UInt64>).map {
            send(&delivery, inFlight: &inFlight, at: later($0))
        }
        delivery.onAcked(packets, now: later(200))
        let sample = delivery.takeSample(minRTT: Self.rtt)
        #expect(sample.newlyAcked == 100_000)
        #expect(sample.rate > 0 && sample.rate <= 0.00102)
    }

    @Test func `packets of one moment share a snapshot and it is kept as long as one is out`() {
        var delivery = DeliveryRate()
        var inFlight = 0
        let train = (0..<44).map { _ in send(&delivery, inFlight: &inFlight, at: later(0)) }
        let next = send(&delivery, inFlight: &inFlight, at: later(1))
        #expect(Set(train.map(\.snapshot)).count == 1)
        #expect(next.snapshot == train[0].snapshot + 1)
        let lost = delivery.onLost(train[0])
        #expect(lost?.inFlight == 44_000)
        delivery.onAcked(train[1...], now: later(100))
        let sample = delivery.takeSample(minRTT: Self.rtt)
        #expect(sample.priorDelivered == 0)
        let lostTwice = delivery.onLost(train[0])
        #expect(lostTwice == nil)
        #expect(delivery.lost == 2000)
    }

    @Test func `what the application held back is marked until it has passed`() {
        var delivery = DeliveryRate()
        var inFlight = 0
        let before = send(&delivery, inFlight: &inFlight, at: later(0))
        delivery.markAppLimited(bytesInFlight: inFlight)
        let marked = send(&delivery, inFlight: &inFlight, at: later(10))
        delivery.onAcked([before], now: later(100))
        let first = delivery.takeSample(minRTT: Self.rtt)
        #expect(!first.isAppLimited)
        delivery.onAcked([marked], now: later(110))
        let second = delivery.takeSample(minRTT: Self.rtt)
        #expect(second.isAppLimited)
        #expect(!delivery.isAppLimited)
    }

    @Test func `a packet without a snapshot counts as delivered only`() {
        var delivery = DeliveryRate()
        var packet = SentPacket()
        packet.byteCount = 700
        delivery.onAcked([packet], now: later(5))
        let sample = delivery.takeSample(minRTT: Self.rtt)
        #expect(sample.newlyAcked == 700)
        #expect(sample.priorDelivered == nil && sample.rate == 0)
    }
}
