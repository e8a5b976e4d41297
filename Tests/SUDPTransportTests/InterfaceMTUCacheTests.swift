import SUDPProtocol
import Testing

@testable import SUDPTransport

struct InterfaceMTUCacheTests {
    private let start = Instant(nanoseconds: 1_000_000_000)
    private let loopback = NetworkAddress(ipv4: 0x7f00_0001, port: 9)
    /// The system connects no ordinary socket to it.
    private let broadcast = NetworkAddress(ipv4: 0xffff_ffff, port: 9)

    @Test func `the answer is the system's, for every port of the host`() throws {
        var cache = InterfaceMTUCache()
        let size = try #require(InterfaceMTU.datagramSize(towards: loopback))
        #expect(cache.datagramSize(towards: loopback, now: start) == size)
        var other = loopback
        other.port = 10
        #expect(cache.datagramSize(towards: other, now: start + .milliseconds(999)) == size)
    }

    @Test func `another host has its own answer, at once`() throws {
        var cache = InterfaceMTUCache()
        #expect(cache.datagramSize(towards: broadcast, now: start) == nil)
        let size = try #require(InterfaceMTU.datagramSize(towards: loopback))
        #expect(cache.datagramSize(towards: loopback, now: start) == size)
        #expect(cache.datagramSize(towards: broadcast, now: start) == nil)
    }
}
