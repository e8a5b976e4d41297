import Testing

@testable import SUDPProtocol

@Suite struct TokenBucketTests {
    @Test func `a bucket is full when all that was spent has come back`() {
        let now = Instant(nanoseconds: 100_000_000_000)
        var bucket = TokenBucket(rate: 2, burst: 4)
        #expect(bucket.isFull(now: now))
        _ = bucket.spend(now: now)
        #expect(!bucket.isFull(now: now + .milliseconds(499)))
        #expect(bucket.isFull(now: now + .milliseconds(501)))
    }

    @Test func `a burst goes at once and the rate in the long run`() {
        var bucket = TokenBucket(rate: 10, burst: 5)
        var now = Instant(nanoseconds: 1_000_000_000)
        var spent = 0
        for _ in 0..<100 where bucket.spend(now: now) { spent += 1 }
        #expect(spent == 5)
        for _ in 0..<1000 {
            now = now + .milliseconds(10)
            if bucket.spend(now: now) { spent += 1 }
        }
        #expect((104...106).contains(spent))
        now = now + .seconds(3600)
        spent = 0
        for _ in 0..<100 where bucket.spend(now: now) { spent += 1 }
        #expect(spent == 5)
    }

    @Test func `a clock that stands still or goes back gives nothing`() {
        var bucket = TokenBucket(rate: 10, burst: 1)
        let now = Instant(nanoseconds: 1_000_000_000)
        let first = bucket.spend(now: now)
        let second = bucket.spend(now: now)
        let third = bucket.spend(now: Instant(nanoseconds: 0))
        #expect((first, second, third) == (true, false, false))
    }
}
