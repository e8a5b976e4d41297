import SUDPProtocol
import Testing

@testable import SUDPTransport

@Suite struct ReceiveModerationTests {
    private static let start = Instant(nanoseconds: 1_000_000_000)

    private func moderation(
        _ received: [(tolerance: TimeSpan?, isBulk: Bool)], at now: Instant = start
    ) -> ReceiveModeration {
        var moderation = ReceiveModeration()
        for train in received {
            moderation.onReceived(tolerance: train.tolerance, isBulk: train.isBulk, now: now)
        }
        moderation.onSocketsEmpty(now: now)
        return moderation
    }

    @Test func `after bulk data the sockets are left alone as long as that tolerates`() {
        var pausing = moderation([(.microseconds(600), true)])
        #expect(pausing.pauseEnd == Self.start + .microseconds(600))
        let early = pausing.mayReceive(now: Self.start + .microseconds(599))
        let onTime = pausing.mayReceive(now: Self.start + .microseconds(600))
        #expect(!early && onTime)
        #expect(pausing.pauseEnd == nil)
        pausing.onSocketsEmpty(now: Self.start + .microseconds(600))
        #expect(pausing.pauseEnd == nil)
    }

    @Test func `nothing else makes a pause`() {
        #expect(moderation([]).pauseEnd == nil)
        #expect(moderation([(.milliseconds(1), false)]).pauseEnd == nil)
        #expect(moderation([(nil, true)]).pauseEnd == nil)
        #expect(moderation([(.microseconds(99), true)]).pauseEnd == nil)
    }

    @Test func `the least tolerant of the last 100 ms decides`() {
        let near = (tolerance: TimeSpan.microseconds(10) as TimeSpan?, isBulk: false)
        let far = (tolerance: TimeSpan.milliseconds(1) as TimeSpan?, isBulk: true)
        #expect(moderation([near, far]).pauseEnd == nil)
        var later = moderation([far, near])
        #expect(later.pauseEnd == nil)
        later.onReceived(
            tolerance: far.tolerance, isBulk: true, now: Self.start + .milliseconds(100))
        later.onSocketsEmpty(now: Self.start + .milliseconds(100))
        #expect(later.pauseEnd == nil)
        later.onReceived(
            tolerance: far.tolerance, isBulk: true, now: Self.start + .milliseconds(101))
        later.onSocketsEmpty(now: Self.start + .milliseconds(101))
        #expect(later.pauseEnd == Self.start + .milliseconds(102))
    }

    @Test func `a peer whose round trip is unknown does not end the pauses of others`() {
        #expect(moderation([(.milliseconds(1), true), (nil, false)]).pauseEnd != nil)
    }
}
