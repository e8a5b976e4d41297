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
        for _ in 0..<Limits.halfOpenBeforeRetry {
            #expect(!opening.isUnderLoad)
            opening.opened()
        }
        #expect(opening.isUnderLoad)
        let loopback = NetworkAddress(ipv4: 0x7f00_0001, port: 9)
        let isProofDemanded = opening.demandsProof(from: loopback, now: Self.now)
        #expect(isProofDemanded)
        opening.ended()
        #expect(!opening.isUnderLoad)
        for _ in 0..<1000 { opening.ended() }
        #expect(opening.halfOpen == 0)
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
