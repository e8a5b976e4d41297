import Testing

@testable import SUDPProtocol

@Suite struct AddressTokenTests {
    private static let local = NetworkAddress(ipv4: 1, port: 7)
    private static let path = NetworkPath(
        local: local, remote: NetworkAddress(ipv4: 10, port: 1000))
    private static let original = ConnectionID(value: 5)
    private static let retry = ConnectionID(value: 6)
    private static let now = Instant(nanoseconds: 100_000_000_000)
    private static let tokens = AddressToken(key: CorePair.secret(1))

    private var made: [UInt8] {
        Self.tokens.make(
            for: Self.path, original: Self.original, retrySource: Self.retry, now: Self.now)
    }

    private func original(
        in token: [UInt8], tokens: AddressToken = tokens, path: NetworkPath = path,
        retry: ConnectionID = retry, after span: TimeSpan = .zero
    ) -> ConnectionID? {
        tokens.original(in: token, path: path, retrySource: retry, now: Self.now + span)
    }

    @Test func `a token gives back the original connection ID`() throws {
        #expect(original(in: made) == Self.original)
        #expect(made.count <= Limits.tokenByteCountMaximum)
        for byteCount in 8...20 {
            let id = try #require(ConnectionID([UInt8](repeating: 3, count: byteCount)))
            let token = Self.tokens.make(
                for: Self.path, original: id, retrySource: Self.retry, now: Self.now)
            #expect(original(in: token) == id)
        }
    }

    @Test func `a token is good for fifteen seconds`() {
        #expect(original(in: made, after: .seconds(15)) == Self.original)
        #expect(original(in: made, after: .milliseconds(15_001)) == nil)
    }

    @Test func `a token is good for one address, one connection and one server`() {
        var other = Self.path
        other.remote.port = 1001
        #expect(original(in: made, path: other) == nil)
        other = Self.path
        other.remote.low = 11
        #expect(original(in: made, path: other) == nil)
        #expect(original(in: made, retry: Self.original) == nil)
        #expect(original(in: made, tokens: AddressToken(key: CorePair.secret(2))) == nil)
        other = Self.path
        other.local.port = 8
        #expect(original(in: made, path: other) == Self.original)
    }

    @Test func `every flipped bit, cut and extension is noticed`() {
        for index in made.indices {
            var damaged = made
            damaged[index] ^= 0x10
            #expect(original(in: damaged) == nil)
            #expect(original(in: Array(made[..<index])) == nil)
        }
        #expect(original(in: made + [0]) == nil)
        #expect(original(in: []) == nil)
    }
}
