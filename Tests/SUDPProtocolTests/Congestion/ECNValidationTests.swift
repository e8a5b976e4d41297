import Testing

@testable import SUDPProtocol

/// RFC 9000 §13.4.2.
@Suite struct ECNValidationTests {
    private func counts(ect0: UInt64 = 0, ect1: UInt64 = 0, ce: UInt64 = 0) -> ECNCounts {
        var counts = ECNCounts()
        (counts.ect0, counts.ect1, counts.ce) = (ect0, ect1, ce)
        return counts
    }

    /// A path that was tried and proved to carry the bits of ten packets.
    private func validated() -> ECNValidation {
        var ecn = ECNValidation()
        ecn.onSent(10)
        #expect(ecn.onAck(counts(ect0: 10), newlyAcked: 10, largest: 9) == 0)
        return ecn
    }

    @Test func `ten packets try the path, and more follow once they are confirmed`() {
        var ecn = ECNValidation()
        #expect(ecn.codepoint == .ect0)
        ecn.onSent(10)
        #expect(ecn.codepoint == .notECT)
        #expect(ecn.onAck(counts(ect0: 2), newlyAcked: 2, largest: 1) == 0)
        #expect(ecn.codepoint == .ect0)
    }

    @Test func `on another path the bits are tried again while the peer counts on`() {
        var ecn = validated()
        ecn.restart()
        ecn.onSent(10)
        #expect(ecn.codepoint == .notECT)
        #expect(ecn.onAck(counts(ect0: 20), newlyAcked: 10, largest: 19) == 0)
        #expect(ecn.codepoint == .ect0)
    }

    @Test func `what is known of the path is told`() {
        var ecn = ECNValidation()
        ecn.onSent(10)
        #expect(ecn.support == .unknown)
        _ = ecn.onAck(counts(ect0: 9, ce: 1), newlyAcked: 10, largest: 9)
        #expect(ecn.support == .used && ecn.marks == 1)
        ecn.onSent(1)
        _ = ecn.onAck(nil, newlyAcked: 1, largest: 10)
        #expect(ecn.support == .failed && ecn.marks == 1)
    }

    @Test func `marks are reported once`() {
        var ecn = validated()
        ecn.onSent(10)
        #expect(ecn.onAck(counts(ect0: 17, ce: 3), newlyAcked: 10, largest: 19) == 3)
        ecn.onSent(1)
        #expect(ecn.onAck(counts(ect0: 18, ce: 3), newlyAcked: 1, largest: 20) == 0)
        #expect(ecn.codepoint == .ect0)
    }

    @Test(
        arguments: [
            nil, (0, 0, 0), (10, 0, 0), (19, 0, 0), (20, 1, 0), (21, 0, 0), (0, 0, 20), (15, 0, 6),
            (.max, .max, .max),
        ] as [(UInt64, UInt64, UInt64)?])
    func `counts that cannot be true end it`(_ reported: (UInt64, UInt64, UInt64)?) {
        var ecn = validated()
        ecn.onSent(10)
        let counts = reported.map { self.counts(ect0: $0.0, ect1: $0.1, ce: $0.2) }
        #expect(ecn.onAck(counts, newlyAcked: 10, largest: 19) == 0)
        #expect(ecn.codepoint == .notECT)
        ecn.onSent(1)
        #expect(ecn.onAck(self.counts(ect0: 21), newlyAcked: 1, largest: 20) == 0)
        #expect(ecn.codepoint == .notECT)
    }

    @Test func `an acknowledgement that was overtaken says nothing`() {
        var ecn = validated()
        ecn.onSent(10)
        #expect(ecn.onAck(counts(ect0: 20), newlyAcked: 5, largest: 19) == 0)
        #expect(ecn.onAck(counts(ect0: 12), newlyAcked: 2, largest: 11) == 0)
        #expect(ecn.codepoint == .ect0)
    }

    @Test func `what a probe timeout sends goes without the bits`() {
        var ecn = ECNValidation()
        ecn.onSent(3)
        ecn.onProbeTimeout()
        #expect(ecn.codepoint == .notECT)
        #expect(ecn.onAck(nil, newlyAcked: 0, largest: 5) == 0)
        #expect(ecn.onAck(counts(ect0: 3), newlyAcked: 3, largest: 6) == 0)
        #expect(ecn.codepoint == .ect0)
    }
}
