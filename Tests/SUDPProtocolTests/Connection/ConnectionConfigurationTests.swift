import Testing

@testable import SUDPProtocol

@Suite struct ConnectionConfigurationTests {
    @Test(arguments: [(0, 4800), (4799, 4800), (12_000, 12_000), (.max, 1 << 62 - 1)])
    func `a receive window holds some datagrams and fits the wire`(
        _ asked: UInt64, _ given: UInt64
    ) {
        var configuration = ConnectionConfiguration()
        configuration.initialReceiveWindow = asked
        configuration.maximumReceiveWindow = asked
        #expect(configuration.initialReceiveWindow == given)
        #expect(configuration.maximumReceiveWindow == given)
    }
}
