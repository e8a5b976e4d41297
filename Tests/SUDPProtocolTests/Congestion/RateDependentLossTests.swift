import Testing

@testable import SUDPProtocol

@Suite struct RateDependentLossTests {
    private static let size = 1000

    /// A probe of so many packets of which a share is lost; true when it showed that their rate was
    /// the cause.
    private func probe(
        _ loss: inout RateDependentLoss, packets: Int = 1000, share: Double, usual: Double
    ) -> Bool {
        loss.onProbe(datagramSize: Self.size)
        let lost = Int(Double(packets) * share)
        return loss.update(
            acked: (packets - lost) * Self.size, lost: lost * Self.size, usualShare: usual,
            datagramSize: Self.size, isRoundStart: true)
    }

    @Test(arguments: [0, 0.01, 0.1, 0.4])
    func `a path that loses the same share of a probe loses at random`(share: Double) {
        var loss = RateDependentLoss()
        #expect(!probe(&loss, share: share, usual: share))
        #expect(loss.isExcluded)
        #expect(!loss.isFound)
    }

    @Test(arguments: [0, 0.1, 0.2, 0.36])
    func `a policer loses all that a probe sends more`(usual: Double) {
        var loss = RateDependentLoss()
        #expect(probe(&loss, share: 1 - (1 - usual) / 1.25, usual: usual))
        #expect(loss.isFound)
        #expect(!loss.isExcluded)
    }

    @Test func `a few packets prove nothing, but those of several probes add up`() {
        var loss = RateDependentLoss()
        #expect(!probe(&loss, packets: 40, share: 0.3, usual: 0))
        #expect(!loss.isFound && !loss.isExcluded)
        #expect(probe(&loss, packets: 40, share: 0.3, usual: 0))
    }

    @Test func `a policer is believed in for eight probes, then looked for again`() {
        var loss = RateDependentLoss()
        #expect(probe(&loss, share: 0.2, usual: 0))
        for _ in 0..<7 {
            #expect(!probe(&loss, share: 0, usual: 0))
            #expect(loss.isFound)
        }
        #expect(!probe(&loss, share: 0, usual: 0))
        #expect(!loss.isFound)
        #expect(loss.isExcluded)
    }

    @Test func `what cruising loses makes the first probe urgent until its cause is known`() {
        var loss = RateDependentLoss()
        #expect(!loss.isUrgent(usualShare: 0.01))
        #expect(loss.isUrgent(usualShare: 0.02))
        #expect(!probe(&loss, share: 0.02, usual: 0.02))
        #expect(!loss.isUrgent(usualShare: 0.02))
    }
}
