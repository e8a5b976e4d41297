import Testing

@testable import SUDPProtocol

@Suite struct TransmitGateTests {
    private static let later = Instant(nanoseconds: 5)

    private func gate(
        window: Int = 12_000, inFlight: Int = 0, amplification: Int = .max, pacing: Int = 60_000,
        quantum: Int = 1200, probes: Int = 0
    ) -> TransmitGate {
        TransmitGate(
            window: window, bytesInFlight: inFlight, amplificationAllowance: amplification,
            pacingAllowance: pacing, quantum: quantum, pacedUntil: Self.later, probes: probes)
    }

    private func verdict(_ gate: TransmitGate) -> TransmitGate.Verdict {
        gate.verdict(wanted: 1200, datagramSize: 1200)
    }

    @Test func `the smallest of the three limits counts`() {
        #expect(verdict(gate()) == .open(12_000))
        #expect(verdict(gate(inFlight: 8000)) == .open(4000))
        #expect(verdict(gate(pacing: 5000)) == .open(5000))
        #expect(verdict(gate(amplification: 3000)) == .open(3000))
    }

    @Test func `each limit that has no room for a datagram says so`() {
        #expect(verdict(gate(inFlight: 10_800)) == .open(1200))
        #expect(verdict(gate(inFlight: 10_801)) == .congested)
        #expect(verdict(gate(window: 5000, inFlight: 9000)) == .congested)
        #expect(verdict(gate(pacing: 1199)) == .paced(until: Self.later))
        #expect(verdict(gate(amplification: 1199)) == .unvalidated)
    }

    @Test func `pacing waits for a whole train, but not for more than the window holds`() {
        #expect(verdict(gate(pacing: 6000, quantum: 8000)) == .paced(until: Self.later))
        #expect(verdict(gate(pacing: 8000, quantum: 8000)) == .open(8000))
        #expect(verdict(gate(inFlight: 9000, pacing: 3000, quantum: 8000)) == .open(3000))
    }

    @Test func `probes pass window and pacing, never an unproven address`() {
        #expect(verdict(gate(inFlight: 99_999, pacing: 0, probes: 2)) == .open(2400))
        #expect(verdict(gate(amplification: 1500, probes: 2)) == .open(1500))
        #expect(verdict(gate(amplification: 100, probes: 2)) == .unvalidated)
    }
}
