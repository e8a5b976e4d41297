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

    @Test func `packets that ask for nothing neither grow nor shrink the window`() {
        var state = CongestionState(datagramSize: 1200)
        state.onSent(12_000, bytesInFlight: 12_000)
        let window = state.window
        state.onAcked(packet(1200, isAckEliciting: false))
        let began = state.onLost(
            [packet(60, isAckEliciting: false)], isPersistent: false, now: Self.now)
        #expect(!began)
        #expect(state.window == window)
        state.onAcked(packet(1200))
        #expect(state.window == window + 1200)
    }

    @Test func `a fresh connection may send its initial window at once`() {
        var state = CongestionState(datagramSize: 1200)
        let gate = state.gate(
            wanted: 100_000, bytesInFlight: 0, amplificationAllowance: .max, probes: 0,
            rtt: RTTEstimator(), now: Self.now)
        #expect(gate.verdict(wanted: 1200, datagramSize: 1200) == .open(12_000))
    }
}
