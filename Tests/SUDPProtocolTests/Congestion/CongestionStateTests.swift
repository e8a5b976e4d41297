import Testing

@testable import SUDPProtocol

@Suite struct CongestionStateTests {
    private static let now = Instant(nanoseconds: 100_000_000_000)

    private func packet(_ byteCount: UInt16, isAckEliciting: Bool = true) -> SentPacket {
        var packet = SentPacket()
        packet.byteCount = byteCount
        packet.isAckEliciting = isAckEliciting
        packet.sentTime = Self.now
        return packet
    }

    private func acknowledge(_ packet: SentPacket, in state: inout CongestionState) {
        state.onAcked([packet], smoothedRTT: .milliseconds(100), now: Self.now)
    }

    @Test func `packets that ask for nothing neither grow nor shrink the window`() {
        var state = CongestionState(.reno, datagramSize: 1200)
        _ = state.onSent(12_000, inFlightBefore: 0, now: Self.now)
        let window = state.window
        acknowledge(packet(1200, isAckEliciting: false), in: &state)
        let began = state.onLost(
            [packet(60, isAckEliciting: false)], numbers: [0], isInitial: false,
            isPersistent: false, now: Self.now)
        #expect(!began)
        #expect(state.window == window)
        acknowledge(packet(1200), in: &state)
        #expect(state.window == window + 1200)
    }

    /// A state that lost a packet of each number, sent and missed so many milliseconds after `now`.
    private func lose(
        _ numbers: [UInt64], in state: inout CongestionState, sent: UInt64, missed: UInt64,
        isAckEliciting: Bool = true, isInitial: Bool = false
    ) {
        var packet = packet(1200, isAckEliciting: isAckEliciting)
        packet.sentTime = Self.now + .milliseconds(sent)
        _ = state.onLost(
            numbers.map { _ in packet }, numbers: numbers, isInitial: isInitial,
            isPersistent: false, now: Self.now + .milliseconds(missed))
    }

    @Test func `a reduction is undone when the last packet that it was for has arrived`() {
        var state = CongestionState(.reno, datagramSize: 1200)
        lose([5, 7], in: &state, sent: 0, missed: 100)
        lose([6], in: &state, sent: 50, missed: 110)
        #expect(state.window == 6000)
        state.onSpuriouslyLost([5, 7], isInitial: false, now: Self.now)
        #expect(state.window == 6000)
        state.onSpuriouslyLost([6], isInitial: false, now: Self.now)
        #expect(state.window == 12_000)
    }

    @Test func `what an older recovery lost does not undo the reduction of this one`() {
        var state = CongestionState(.reno, datagramSize: 1200)
        lose([1, 2], in: &state, sent: 0, missed: 100)
        lose([10, 11], in: &state, sent: 150, missed: 200)
        #expect(state.window == 3000)
        state.onSpuriouslyLost([1, 2], isInitial: false, now: Self.now)
        #expect(state.window == 3000)
        state.onSpuriouslyLost([10, 11], isInitial: false, now: Self.now)
        #expect(state.window == 6000)
    }

    @Test func `acknowledgements that were not lost do not undo the loss of data`() {
        var state = CongestionState(.reno, datagramSize: 1200)
        lose([3, 4], in: &state, sent: 0, missed: 90, isAckEliciting: false)
        lose([5, 6], in: &state, sent: 0, missed: 100)
        state.onSpuriouslyLost([3, 4], isInitial: false, now: Self.now)
        state.onSpuriouslyLost([5, 6], isInitial: true, now: Self.now)
        #expect(state.window == 6000)
        state.onSpuriouslyLost([5, 6], isInitial: false, now: Self.now)
        #expect(state.window == 12_000)
    }

    @Test func `a smaller datagram leaves as many packets in the window`() {
        var state = CongestionState(.reno, datagramSize: 9000)
        state.setDatagramSize(1500)
        #expect(state.datagramSize == 1500)
        #expect(state.window == 15_000)
        state.setDatagramSize(3)
        #expect(state.datagramSize == Limits.minimumDatagramSize)
    }

    @Test func `a larger datagram leaves as many bytes in the window, two datagrams at least`() {
        var state = CongestionState(.reno, datagramSize: 1200)
        state.setDatagramSize(1472)
        #expect(state.window == 12_000)
        state.setDatagramSize(8972)
        #expect(state.window == 17_944)
    }

    @Test func `a lost probe for the path's size is no congestion`() {
        var state = CongestionState(.reno, datagramSize: 1200)
        var probe = SentPacket()
        probe.isAckEliciting = true
        probe.control = .pathMTUProbe
        let began = state.onLost(
            [probe], numbers: [1], isInitial: false, isPersistent: false, now: Self.now)
        #expect(!began)
        #expect(state.window == 12_000)
    }

    @Test func `a fresh connection may send its initial window at once`() {
        var state = CongestionState(.reno, datagramSize: 1200)
        let gate = state.gate(
            wanted: 100_000, bytesInFlight: 0, amplificationAllowance: .max, probes: 0,
            rtt: RTTEstimator(), now: Self.now)
        #expect(gate.verdict(wanted: 1200, datagramSize: 1200) == .open(12_000))
    }

    /// Sends a full window so many milliseconds after `now`; it arrives a round trip later.
    private func flight(_ state: inout CongestionState, at sent: UInt64) {
        var packet = packet(1200)
        packet.sentTime = Self.now + .milliseconds(sent)
        let count = state.window / 1200
        for index in 0..<count {
            _ = state.onSent(1200, inFlightBefore: index * 1200, now: packet.sentTime)
        }
        for _ in 0..<count {
            state.onAcked(
                [packet], smoothedRTT: .milliseconds(100),
                now: packet.sentTime + .milliseconds(100))
        }
    }

    @Test func `CUBIC grows no further while nothing is in flight`() {
        var state = CongestionState(.cubic, datagramSize: 1200)
        for index in 0..<3 as Range<UInt64> { flight(&state, at: 100 * index) }
        lose([1], in: &state, sent: 200, missed: 300)
        for index in 3..<10 as Range<UInt64> { flight(&state, at: 100 * index) }
        var silent = state
        flight(&state, at: 1000)
        flight(&silent, at: 61_000)
        #expect(silent.window - state.window < 120)
        flight(&state, at: 1100)
        flight(&silent, at: 61_100)
        #expect(silent.window - state.window < 120)
        #expect(state.window > 50 * 1200)
    }
}
