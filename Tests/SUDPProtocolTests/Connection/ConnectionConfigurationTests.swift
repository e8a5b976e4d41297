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

    @Test(arguments: [(.min, 1200), (15, 1200), (1199, 1200), (1472, 1472), (65_508, 65_507)])
    func `a datagram holds a packet and fits UDP`(_ asked: Int, _ given: Int) throws {
        var configuration = ConnectionConfiguration()
        configuration.maximumDatagramSize = asked
        #expect(configuration.maximumDatagramSize == given)
        let pair = try CorePair(.secure, configuration: configuration)
        pair.server.core.write(ByteBlock([UInt8](repeating: 1, count: 100_000)), now: pair.now)
        pair.establish()
        #expect(pair.client.core.statistics.streamBytesReceived > 0)
    }

    @Test func `a send buffer takes something`() {
        var configuration = ConnectionConfiguration()
        configuration.sendBufferLimit = -7
        #expect(configuration.sendBufferLimit == 1)
    }
}
