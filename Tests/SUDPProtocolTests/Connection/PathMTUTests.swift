import Testing

@testable import SUDPProtocol

@Suite struct PathMTUTests {
    private static let start = Instant(nanoseconds: 1_000_000_000)

    /// Searches on a path that carries `carried` bytes until no probe is due; the sizes probed.
    private func search(_ mtu: inout PathMTU, carried: Int, now: Instant = start) -> [Int] {
        var probes: [Int] = []
        while let size = mtu.nextProbe(now: now), probes.count < 100 {
            probes.append(size)
            mtu.onProbeSent()
            #expect(mtu.nextProbe(now: now) == nil, "one probe at a time")
            if size <= carried {
                let isLarger = mtu.onProbeAcked(size, now: now)
                #expect(isLarger)
            } else {
                mtu.onProbeLost(size, now: now)
            }
        }
        return probes
    }

    @Test func `Ethernet is found by one probe`() {
        var mtu = PathMTU(initial: 1200, limit: 1472)
        #expect(search(&mtu, carried: 1472) == [1472])
        #expect(mtu.size == 1472)
    }

    @Test func `jumbo frames are found behind Ethernet, and left when they do not arrive`() {
        var mtu = PathMTU(initial: 1200, limit: 8972)
        #expect(search(&mtu, carried: 9000) == [1472, 8972])
        #expect(mtu.size == 8972)
        var other = PathMTU(initial: 1200, limit: 8972)
        #expect(search(&other, carried: 1472) == [1472, 8972, 8972, 8972])
        #expect(other.size == 1472)
    }

    @Test(arguments: [1200, 1201, 1280, 1392, 1452, 1471])
    func `a tunnel's size is found to within a step`(_ carried: Int) {
        var mtu = PathMTU(initial: 1200, limit: 1472)
        let probes = search(&mtu, carried: carried)
        #expect(mtu.size <= carried)
        #expect(mtu.size >= carried - Limits.pathMTUStep)
        #expect(probes.count <= 15)
    }

    @Test func `the search begins again after a while`() {
        var mtu = PathMTU(initial: 1200, limit: 1472)
        _ = search(&mtu, carried: 1300)
        let later = Self.start + Limits.pathMTURaiseInterval
        #expect(search(&mtu, carried: 1472, now: later).first == 1472)
        #expect(mtu.size == 1472)
    }

    @Test func `a peer that takes less is obeyed`() {
        var mtu = PathMTU(initial: 1472, limit: 9000)
        mtu.obey(1300)
        #expect(mtu.size == 1300)
        #expect(mtu.nextProbe(now: Self.start) == nil)
        mtu.obey(3)
        #expect(mtu.size == Limits.minimumDatagramSize)
    }

    @Test func `losses among arrivals are no black hole`() {
        var mtu = PathMTU(initial: 1472, limit: 1472)
        for _ in 0..<100 {
            let hasFallen = mtu.onLargeLost(now: Self.start) || mtu.onLargeLost(now: Self.start)
            #expect(!hasFallen)
            mtu.onAcked(1100)
            mtu.onAcked(1472)
        }
        #expect(mtu.size == 1472)
    }

    @Test func `a black hole leads back to the smallest size, for longer each time`() {
        var mtu = PathMTU(initial: 1200, limit: 1472)
        var now = Self.start
        for pause in [5, 10, 20] as [UInt64] {
            #expect(search(&mtu, carried: 1472, now: now) == [1472])
            let first = mtu.onLargeLost(now: now)
            mtu.onAcked(1200)
            let others = [
                mtu.onLargeLost(now: now), mtu.onLargeLost(now: now), mtu.onLargeLost(now: now),
            ]
            #expect(!first)
            #expect(others == [false, true, false])
            #expect(mtu.size == 1200)
            #expect(mtu.nextProbe(now: now + .milliseconds(pause * 1000 - 1)) == nil)
            now = now + .seconds(pause)
        }
        mtu.restart()
        #expect(mtu.nextProbe(now: now) == 1472)
    }
}
