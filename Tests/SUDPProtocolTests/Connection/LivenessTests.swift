import Testing

@testable import SUDPProtocol

@Suite struct LivenessTests {
    private static let start = Instant(nanoseconds: 100_000_000_000)

    private func liveness(
        keepAlive: TimeSpan = .seconds(10), deadPeer: TimeSpan = .seconds(30)
    ) -> Liveness {
        Liveness(keepAliveInterval: keepAlive, deadPeerTimeout: deadPeer, now: Self.start)
    }

    private func at(_ milliseconds: UInt64) -> Instant { Self.start + .milliseconds(milliseconds) }

    /// Checks at every deadline until the peer is lost; when the probes went and when that was.
    private func run(
        _ liveness: inout Liveness, limit: Int = 100
    ) -> (probes: [Double], lost: Double?) {
        var probes: [Double] = []
        for _ in 0..<limit {
            let now = liveness.deadline
            switch liveness.check(now: now) {
            case .alive: Issue.record("nothing is due at the deadline")
            case .probe: probes.append((now - Self.start).seconds)
            case .lost: return (probes, (now - Self.start).seconds)
            }
        }
        return (probes, nil)
    }

    @Test func `a silent peer is probed every interval and lost after the timeout`() {
        var liveness = liveness()
        let (probes, lost) = run(&liveness)
        #expect(probes == [10, 20])
        #expect(lost == 30)
    }

    @Test func `the peer gets more than one chance however long the interval is`() {
        var liveness = liveness(keepAlive: .seconds(100), deadPeer: .seconds(9))
        let (probes, lost) = run(&liveness)
        #expect(probes == [3, 6])
        #expect(lost == 9)
    }

    @Test func `every sign of the peer starts the wait anew`() {
        var liveness = liveness()
        liveness.onHeard(now: at(25_000))
        #expect(liveness.check(now: at(30_000)) == .alive)
        let (probes, lost) = run(&liveness)
        #expect(probes == [35, 45])
        #expect(lost == 55)
    }

    @Test func `data that asks for an acknowledgement is as good as a probe`() {
        var liveness = liveness()
        liveness.onAckElicitingSent(now: at(8000))
        #expect(liveness.check(now: at(17_999)) == .alive)
        let (probes, lost) = run(&liveness)
        #expect(probes == [18, 28])
        #expect(lost == 30)
    }

    @Test func `sending alone does not keep a dead peer alive`() {
        var liveness = liveness()
        for second in 1..<30 as Range<UInt64> {
            liveness.onAckElicitingSent(now: at(1000 * second))
            #expect(liveness.check(now: at(1000 * second)) == .alive)
        }
        #expect(liveness.check(now: at(30_000)) == .lost(silence: .seconds(30)))
    }

    @Test func `after a sleep of its own it asks before it gives up`() {
        var liveness = liveness()
        #expect(liveness.check(now: at(3_600_000)) == .probe)
        #expect(liveness.check(now: at(3_600_001)) == .alive)
        let (_, lost) = run(&liveness)
        #expect(lost == 3605)
        var answered = self.liveness()
        #expect(answered.check(now: at(3_600_000)) == .probe)
        answered.onHeard(now: at(3_601_000))
        #expect(answered.check(now: at(3_605_000)) == .alive)
    }
}
