import Testing

@testable import SUDPProtocol

@Suite struct SourceTableTests {
    private static let now = Instant(nanoseconds: 100_000_000_000)

    private func source(_ index: Int) -> NetworkAddress {
        NetworkAddress(ipv4: 0x0c00_0000 + UInt32(index), port: 0)
    }

    private func spend(_ table: inout SourceTable, _ index: Int, now: Instant = now) -> Bool {
        table.spend(source(index), now: now)
    }

    @Test func `a full table takes no new sources while the old ones are fresh`() {
        var table = SourceTable()
        for index in 0..<Limits.sourcesRemembered { #expect(spend(&table, index)) }
        #expect(!spend(&table, 1_000_000))
        #expect(spend(&table, 0))
        #expect(table.count == Limits.sourcesRemembered)
    }

    @Test func `sources that are slow again make room for as many new ones`() {
        var table = SourceTable()
        for index in 0..<Limits.sourcesRemembered { _ = spend(&table, index) }
        let later = Self.now + .seconds(1)
        for index in 0..<Limits.sourcesRemembered {
            #expect(spend(&table, 1_000_000 + index, now: later))
        }
        #expect(table.count == Limits.sourcesRemembered)
    }

    @Test func `a source that is still too fast is passed over`() {
        var table = SourceTable()
        for _ in 0..<Int(Limits.newConnectionsBurst) { _ = spend(&table, 0) }
        for index in 1..<Limits.sourcesRemembered { _ = spend(&table, index) }
        let later = Self.now + .seconds(1)
        #expect(spend(&table, 1_000_000, now: later))
        let passed = (0..<1000).filter { _ in spend(&table, 0, now: later) }.count
        #expect(passed == Int(Limits.newConnectionsPerSecond))
    }
}
