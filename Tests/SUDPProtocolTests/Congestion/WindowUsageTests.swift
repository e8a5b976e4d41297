import Testing

@testable import SUDPProtocol

@Suite struct WindowUsageTests {
    @Test func `the most in flight of this round and the one before counts`() {
        var usage = WindowUsage()
        usage.onSent(bytesInFlight: 5000, window: 10_000, datagramSize: 1000)
        #expect(usage.maximumInFlight == 5000)
        #expect(!usage.isWindowLimited)
        usage.onSent(bytesInFlight: 9500, window: 10_000, datagramSize: 1000)
        #expect(usage.isWindowLimited)
        usage.onAcked(largest: 0, nextNumber: 10)
        usage.onSent(bytesInFlight: 2000, window: 10_000, datagramSize: 1000)
        #expect(usage.maximumInFlight == 9500)
        #expect(usage.isWindowLimited)
        usage.onAcked(largest: 9, nextNumber: 15)
        #expect(usage.maximumInFlight == 9500)
        usage.onAcked(largest: 10, nextNumber: 20)
        #expect(usage.maximumInFlight == 2000)
        #expect(!usage.isWindowLimited)
        usage.onAcked(largest: 20, nextNumber: 25)
        #expect(usage.maximumInFlight == 0)
    }
}
