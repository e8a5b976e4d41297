import Testing

@testable import SUDPProtocol

@Suite struct InitialKeysTests {
    private func seal(_ keys: InitialKeys) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xc0, count: 20) + [UInt8](repeating: 1, count: 40)
        let isSealed = bytes.withUnsafeMutableBytes {
            keys.seal($0, headerByteCount: 20, packetNumber: 3)
        }
        #expect(isSealed)
        return bytes
    }

    private func isOpened(_ bytes: [UInt8], with keys: InitialKeys) -> Bool {
        var bytes = bytes
        return bytes.withUnsafeMutableBytes {
            keys.open($0, headerByteCount: 20, packetNumber: 3)
        }
    }

    @Test func `each side opens the other's packets under the same connection ID only`() {
        let id = ConnectionID(value: 7)
        let client = InitialKeys(destination: id, side: .client)
        let server = InitialKeys(destination: id, side: .server)
        let stranger = InitialKeys(destination: ConnectionID(value: 8), side: .server)
        let packet = seal(client)
        #expect(isOpened(packet, with: server))
        #expect(!isOpened(packet, with: client))
        #expect(!isOpened(packet, with: stranger))
    }

    @Test func `a packet without room for a tag is refused`() {
        let keys = InitialKeys(destination: ConnectionID(value: 7), side: .client)
        for count in 0..<36 {
            var bytes = [UInt8](repeating: 1, count: count)
            let isOpened = bytes.withUnsafeMutableBytes {
                keys.open($0, headerByteCount: 20, packetNumber: 0)
            }
            #expect(!isOpened)
        }
    }
}
