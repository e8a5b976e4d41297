import SUDPProtocol
import SUDPSimulator
import Testing

@Suite struct NetworkElementTests {
    @Test func `a delay moves every datagram by the same time`() {
        let arrivals = LinkProbe.arrivals(
            through: [Delay(.milliseconds(50))], count: 3, every: .milliseconds(1))

        #expect(arrivals.map(\.milliseconds) == [50, 51, 52])
    }

    @Test func `jitter stays below its limit`() {
        let arrivals = LinkProbe.arrivals(through: [Jitter(below: .milliseconds(20))], count: 1000)

        #expect(arrivals.allSatisfy { $0.milliseconds < 20 })
        #expect(Set(arrivals.map(\.milliseconds)).count == 20)
        #expect(arrivals.map(\.number) != arrivals.map(\.number).sorted())
    }

    @Test func `jitter that keeps the order never lets a datagram overtake`() {
        let arrivals = LinkProbe.arrivals(
            through: [Jitter(below: .milliseconds(20), keepsOrder: true)], count: 1000,
            every: .milliseconds(1))

        #expect(arrivals.map(\.number) == Array(0..<1000))
    }

    @Test(arguments: [0.0, 0.05, 0.5, 1.0])
    func `loss takes its share`(probability: Double) {
        let arrivals = LinkProbe.arrivals(through: [Loss(probability)], count: 10_000)

        #expect(abs(Double(arrivals.count) - 10_000 * (1 - probability)) < 250)
    }

    @Test func `burst loss loses neighbours together`() {
        let arrivals = LinkProbe.arrivals(
            through: [BurstLoss(beginning: 0.01, ending: 0.1)], count: 10_000)

        let gaps = zip(arrivals, arrivals.dropFirst()).map { $1.number - $0.number - 1 }
        let bursts = gaps.filter { $0 > 0 }
        let lost = bursts.reduce(0, +)
        #expect(lost > 500 && lost < 1500)
        #expect(lost > 5 * bursts.count)
    }

    @Test func `a mask names the datagrams to lose`() {
        let arrivals = LinkProbe.arrivals(through: [DropMask(0b1011)], count: 6)

        #expect(arrivals.map(\.number) == [2, 4, 5])
    }

    @Test func `a rule names the datagrams to lose`() {
        let arrivals = LinkProbe.arrivals(
            through: [Drop { $0.number % 2 == 0 && $1 >= .start }], count: 4)

        #expect(arrivals.map(\.number) == [1, 3])
    }

    @Test func `a datagram held back is overtaken`() {
        let arrivals = LinkProbe.arrivals(
            through: [Reorder(by: .milliseconds(3)) { $0.number == 1 }], count: 6,
            every: .milliseconds(1))

        #expect(arrivals.map(\.number) == [0, 2, 3, 1, 4, 5])
    }

    @Test func `duplicates follow their originals`() {
        let arrivals = LinkProbe.arrivals(through: [Duplicate(1)], count: 5)

        #expect(arrivals.map(\.number).sorted() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4])
    }

    @Test func `corruption changes one byte`() {
        let deliveries = LinkProbe.deliveries(through: [Corrupt(1)], count: 100)

        for delivery in deliveries {
            #expect(delivery.datagram.bytes.count { $0 != 7 } == 1)
        }
    }

    @Test func `a bottleneck spaces datagrams by their size`() {
        let arrivals = LinkProbe.arrivals(
            through: [RateLimit(bytesPerSecond: 100_000, queueLimit: 3000)], count: 4)

        #expect(arrivals.map(\.milliseconds) == [10, 20, 30])
    }

    @Test func `a bottleneck drops what its queue cannot hold and recovers`() {
        let arrivals = LinkProbe.arrivals(
            through: [RateLimit(bytesPerSecond: 100_000, queueLimit: 2000)], count: 8,
            every: .milliseconds(5))

        #expect(arrivals.map(\.number) == [0, 1, 2, 4, 6])
    }

    @Test func `a path drops what is larger than its MTU`() {
        let limits = [999, 1000]

        #expect(limits.map { LinkProbe.arrivals(through: [MTU($0)], count: 1).count } == [0, 1])
    }

    @Test func `a partition loses everything while it lasts`() {
        let interval = (Instant.start + .milliseconds(2))..<(.start + .milliseconds(4))
        let arrivals = LinkProbe.arrivals(
            through: [Partition([interval])], count: 6, every: .milliseconds(1))

        #expect(arrivals.map(\.number) == [0, 1, 4, 5])
    }

    @Test func `a stall delivers everything in order at its end`() {
        let interval = (Instant.start + .milliseconds(1))..<(.start + .milliseconds(9))
        let arrivals = LinkProbe.arrivals(
            through: [Stall([interval])], count: 3, every: .milliseconds(1))

        #expect(arrivals.map(\.number) == [0, 1, 2])
        #expect(arrivals.map(\.milliseconds) == [0, 9, 9])
    }

    @Test func `a NAT shows another address from a moment on`() {
        let outside = NetworkAddress(ipv4: 0x0a01_0000, port: 50_000)
        let deliveries = LinkProbe.deliveries(
            through: [NATRebind([(.start + .milliseconds(2), outside)])], count: 3,
            every: .milliseconds(1))

        #expect(deliveries.map(\.datagram.source.port) == [40_000, 40_000, 50_000])
    }

    @Test func `elements see a datagram when the one before lets it go`() {
        let interval = (Instant.start + .milliseconds(10))..<(.start + .milliseconds(12))
        let elements: [any NetworkElement] = [Delay(.milliseconds(10)), Partition([interval])]
        let arrivals = LinkProbe.arrivals(through: elements, count: 4, every: .milliseconds(1))

        #expect(arrivals.map(\.number) == [2, 3])
    }
}
