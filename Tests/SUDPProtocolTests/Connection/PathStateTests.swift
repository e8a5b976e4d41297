import Testing

@testable import SUDPProtocol

@Suite struct PathStateTests {
    private static let local = NetworkAddress(ipv4: 1, port: 7)
    private static let home = NetworkPath(
        local: local, remote: NetworkAddress(ipv4: 10, port: 1))
    private static let away = NetworkPath(
        local: local, remote: NetworkAddress(ipv4: 20, port: 2))
    private static let further = NetworkPath(
        local: local, remote: NetworkAddress(ipv4: 30, port: 3))

    private func path(isValidated: Bool) -> PathState {
        PathState(Self.home, isValidated: isValidated)
    }

    @Test func `three bytes may go for each that came`() {
        var path = path(isValidated: false)
        #expect(path.amplificationAllowance == 0)
        path.onReceived(1200, from: Self.home.remote)
        path.onReceived(9999, from: Self.away.remote)
        #expect(path.amplificationAllowance == 3600)
        path.onSent(2400)
        #expect(path.amplificationAllowance == 1200)
        path.onSent(2400)
        #expect(path.amplificationAllowance == 0)
        path.validate()
        #expect(path.amplificationAllowance == .max)
    }

    @Test func `an opening that moves starts from nothing and needs the challenge`() {
        var path = path(isValidated: true)
        path.move(to: Self.home, byteCount: 1, challenge: 5)
        #expect(path.isValidated)
        path.onReceived(5000, from: Self.home.remote)
        path.move(to: Self.away, byteCount: 100, challenge: 5)
        #expect(path.amplificationAllowance == 300)
        #expect(path.pendingChallenge == 5)
        path.validate()
        #expect(!path.isValidated)
        path.onResponse(5)
        #expect(path.isValidated)
    }

    @Test func `a new address is followed and has to answer the challenge`() {
        var path = path(isValidated: true)
        path.follow(Self.away, byteCount: 100, challenge: 42)
        #expect(path.current == Self.away)
        #expect(path.amplificationAllowance == 300)
        path.onControlSent(.pathChallenge)
        #expect(path.pendingChallenge == nil)
        path.onControlLost(.pathChallenge)
        #expect(path.pendingChallenge == 42)
        path.onResponse(41)
        #expect(!path.isValidated)
        path.onResponse(42)
        #expect(path.isValidated)
        path.onControlLost(.pathChallenge)
        #expect(path.pendingChallenge == nil)
    }

    @Test func `the way back to a proven address needs no proof, through any detour`() {
        var path = path(isValidated: true)
        path.follow(Self.away, byteCount: 10, challenge: 1)
        path.follow(Self.further, byteCount: 10, challenge: 2)
        #expect(path.amplificationAllowance == 30)
        path.follow(Self.home, byteCount: 10, challenge: 3)
        #expect(path.isValidated)
        #expect(path.pendingChallenge == nil)
        path.follow(Self.away, byteCount: 10, challenge: 4)
        #expect(!path.isValidated)
        path.onResponse(1)
        #expect(!path.isValidated)
    }

    @Test func `only the latest challenge is answered`() {
        var path = path(isValidated: true)
        for data in 0..<1000 as Range<UInt64> { path.onChallenge(data) }
        #expect(path.pendingResponse == 999)
        path.onControlSent(.pathResponse)
        #expect(path.pendingResponse == nil)
        path.onControlLost(.pathResponse)
        #expect(path.pendingResponse == nil)
    }
}
