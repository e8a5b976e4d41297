import SUDPCrypto
import Testing

@testable import SUDPProtocol

@Suite struct StatelessResetTests {
    private static let now = Instant(nanoseconds: 100_000_000_000)
    private static let id = ConnectionID(value: 5)
    private static let local = NetworkAddress(ipv4: 1, port: 7)

    private func answer(
        _ reset: inout StatelessReset, to byteCount: Int, now: Instant = now
    ) -> [UInt8]? {
        var random = RandomBitGenerator(seed: CorePair.secret(9))
        return reset.answer(
            to: Self.id, local: Self.local, triggerByteCount: byteCount, random: &random, now: now)
    }

    @Test(arguments: [0, 1, 20, 21, 22, 23, 41, 42, 43, 1200, 65_507])
    func `a reset is shorter than what it answers and ends with the token`(_ byteCount: Int) {
        var reset = StatelessReset(key: CorePair.secret(1))
        guard let answer = answer(&reset, to: byteCount) else {
            #expect(byteCount <= Limits.resetByteCountMinimum)
            return
        }
        #expect(answer.count < byteCount)
        #expect(answer.count >= Limits.resetByteCountMinimum)
        #expect(answer[0] & 0xc0 == 0x40)
        #expect(Array(answer.suffix(16)) == reset.token(for: Self.id, local: Self.local))
    }

    @Test(arguments: [22, 41, 42, 43, 1200, 65_507])
    func `two that answer each other stop after two`(_ trigger: Int) {
        var reset = StatelessReset(key: CorePair.secret(1))
        var byteCount = trigger
        var answers = 0
        while let answer = answer(&reset, to: byteCount) {
            byteCount = answer.count
            answers += 1
        }
        #expect((1...2).contains(answers))
    }

    @Test func `only so many go in a second`() {
        var reset = StatelessReset(key: CorePair.secret(1))
        let first = (0..<500).filter { _ in answer(&reset, to: 100) != nil }.count
        #expect(first == Int(Limits.resetsPerSecond))
        let later = Self.now + .seconds(1)
        let second = (0..<500).filter { _ in answer(&reset, to: 100, now: later) != nil }.count
        #expect(second == Int(Limits.resetsPerSecond))
    }

    @Test func `tokens differ by connection ID, address and key, and survive a restart`() {
        let reset = StatelessReset(key: CorePair.secret(1))
        var otherPort = Self.local
        otherPort.port = 8
        let tokens = [
            reset.token(for: Self.id, local: Self.local),
            reset.token(for: ConnectionID(value: 6), local: Self.local),
            reset.token(for: Self.id, local: otherPort),
            StatelessReset(key: CorePair.secret(2)).token(for: Self.id, local: Self.local),
        ]
        #expect(Set(tokens).count == 4)
        #expect(tokens.allSatisfy { $0.count == 16 })
        let restarted = StatelessReset(key: CorePair.secret(1))
        #expect(restarted.token(for: Self.id, local: Self.local) == tokens[0])
    }
}
