import Testing

@testable import SUDPProtocol

@Suite struct OpeningGuardTests {
    private static let now = Instant(nanoseconds: 100_000_000_000)
    private static let remote = NetworkAddress(ipv4: 10, port: 1000)

    private func passed(
        _ opening: inout OpeningGuard, _ count: Int, from remote: (UInt64) -> NetworkAddress
    ) -> Int {
        (0..<UInt64(count)).filter {
            !opening.demandsProof(from: remote($0), now: Self.now)
        }.count
    }

    @Test func `many half-open connections make everyone prove the address`() {
        var opening = OpeningGuard()
        for index in 0..<UInt64(Limits.halfOpenBeforeRetry) {
            #expect(!opening.isUnderLoad)
            opening.opened(
                ConnectionHandle(value: index), from: NetworkAddress(ipv4: 7, port: 1),
                isProven: false)
        }
        #expect(opening.isUnderLoad)
        let loopback = NetworkAddress(ipv4: 0x7f00_0001, port: 9)
        let isProofDemanded = opening.demandsProof(from: loopback, now: Self.now)
        #expect(isProofDemanded)
        opening.ended(ConnectionHandle(value: 3))
        #expect(!opening.isUnderLoad)
        for index in 0..<1000 as Range<UInt64> { opening.ended(ConnectionHandle(value: index)) }
        #expect(opening.halfOpen == 0)
    }

    @Test func `the end of an opening that was not accepted here frees nothing`() {
        var opening = OpeningGuard()
        opening.opened(ConnectionHandle(value: 1), from: Self.remote, isProven: false)
        opening.ended(ConnectionHandle(value: 2))
        #expect(opening.halfOpen == 1)
        opening.ended(ConnectionHandle(value: 1))
        opening.ended(ConnectionHandle(value: 1))
        #expect(opening.halfOpen == 0)
    }

    @Test(arguments: [false, true])
    func `a source has its share of half-open connections, forged ones apart`(_ isProven: Bool) {
        var opening = OpeningGuard()
        for index in 0..<UInt64(Limits.halfOpenPerSource) {
            #expect(!opening.isExhausted(Self.remote, isProven: isProven))
            opening.opened(ConnectionHandle(value: index), from: Self.remote, isProven: isProven)
        }
        #expect(opening.isExhausted(Self.remote, isProven: isProven))
        #expect(!opening.isExhausted(Self.remote, isProven: !isProven))
        let other = NetworkAddress(ipv4: 11, port: 1000)
        #expect(!opening.isExhausted(other, isProven: isProven))
        let isProofDemanded = opening.demandsProof(from: Self.remote, now: Self.now)
        #expect(isProofDemanded == !isProven)
        opening.ended(ConnectionHandle(value: 0))
        #expect(!opening.isExhausted(Self.remote, isProven: isProven))
    }

    @Test func `one source has a rate of its own whatever its port`() {
        var opening = OpeningGuard()
        let burst = Int(Limits.newConnectionsBurst)
        let count = passed(&opening, 1000) { NetworkAddress(ipv4: 10, port: UInt16($0)) }
        #expect(count == burst)
        let other = passed(&opening, 1000) { _ in NetworkAddress(ipv4: 11, port: 1) }
        #expect(other == burst)
    }

    @Test func `an IPv6 network of 64 bits is one source`() {
        var opening = OpeningGuard()
        let same = passed(&opening, 1000) { NetworkAddress(ipv6High: 7, low: $0, port: 1) }
        #expect(same == Int(Limits.newConnectionsBurst))
        let different = passed(&opening, 1000) { NetworkAddress(ipv6High: 8 + $0, low: 1, port: 1) }
        #expect(different == 1000)
    }

    @Test func `a flood of other sources gives nobody a fresh burst`() {
        var opening = OpeningGuard()
        _ = passed(&opening, 1000) { _ in Self.remote }
        _ = passed(&opening, 3 * Limits.sourcesRemembered) {
            NetworkAddress(ipv4: 0x0c00_0000 + UInt32($0), port: 1)
        }
        #expect(passed(&opening, 1000) { _ in Self.remote } == 0)
    }

    @Test func `this machine has no rate`() {
        var opening = OpeningGuard()
        let count = passed(&opening, 1000) { _ in NetworkAddress(ipv4: 0x7f00_0001, port: 1) }
        #expect(count == 1000)
    }

    @Test(arguments: [0, 53, 123, 1900, 11_211] as [UInt16])
    func `services that answer anybody are no clients`(_ port: UInt16) {
        #expect(OpeningGuard.isReflector(NetworkAddress(ipv4: 10, port: port)))
        #expect(!OpeningGuard.isReflector(NetworkAddress(ipv4: 10, port: port + 40_000)))
    }
}
