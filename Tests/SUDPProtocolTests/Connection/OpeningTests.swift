import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct OpeningTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `both ends are established before either application says a word`(
        _ mode: SecurityMode
    ) throws {
        let pair = try CorePair(mode)
        pair.exchange()
        #expect(pair.client.isEstablished)
        #expect(pair.server.isEstablished)
    }
}
