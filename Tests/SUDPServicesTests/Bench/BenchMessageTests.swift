import SUDPTransport
import Testing

@testable import SUDPServices

@Suite struct BenchMessageTests {
    private static let token = [UInt8](0..<16)
    private static var statistics: BenchStatistics {
        var statistics = BenchStatistics()
        statistics.time = 1
        statistics.bytesAcknowledged = .max
        statistics.visits = 7
        statistics.clockRate = .max
        return statistics
    }
    private static var cubic: BenchFlowRequest {
        var request = BenchFlowRequest()
        request.congestionControl = .cubic
        return request
    }
    private static let transactions = [
        BenchTransaction(requestByteCount: 1, responseByteCount: 1 << 20)
    ].compactMap { transaction in transaction.map { BenchMessage.transact(token: token, $0) } }
    private static let all: [BenchMessage] =
        [
            .join(token: token, cubic),
            .hello(name: "sudp bench 4"), .join(token: token, BenchFlowRequest()),
            .echo(token: token),
            .ping(BenchPing(number: 1, time: .max)), .ask(question: 1, group: .max), .tcp,
            .welcome(BenchWelcome(token: token, seconds: 9, bytesPerSecond: 0, flows: 64)), .ready,
            .pong(BenchPing(number: .max, time: 0)), .statistics(question: 3, statistics),
            .port(65_535, token: token),
            .proof([UInt8](0..<32)), .challenge([UInt8](1..<33)),
        ] + transactions

    @Test(arguments: all) func `a message is read as it was written`(message: BenchMessage) throws {
        #expect(try BenchMessage(message.message) == message)
    }

    @Test(arguments: all) func `a message with a byte more or less is malformed`(
        message: BenchMessage
    ) {
        let whole = message.message
        let others = [Array(whole.body.dropLast()), whole.body + [0]]
        for body in others where body != whole.body {
            #expect(throws: MessageError.malformed(type: whole.type)) {
                try BenchMessage(Message(type: whole.type, body: body))
            }
        }
    }

    @Test func `no bytes trap`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let body = (0..<Int.random(in: 0..<220)).map { _ in UInt8.random(in: 0...255) }
            _ = try? BenchMessage(Message(type: UInt8(random.next() % 24), body: body))
        }
    }

    @Test(arguments: [0, 1_048_577, UInt32.max])
    func `blocks of no or absurd size are malformed`(size: UInt32) {
        var request = BenchFlowRequest()
        request.blockByteCount = size
        let message = BenchMessage.join(token: Self.token, request).message
        #expect(throws: MessageError.malformed(type: 1)) { try BenchMessage(message) }
    }

    @Test(arguments: [(0, 1), (1, 0), (1_048_577, 1), (1, 1_048_577), (.max, .max)])
    func `requests and answers of no or absurd size are malformed`(
        request: UInt32, response: UInt32
    ) {
        var fields = FieldWriter()
        fields.write(raw: Self.token)
        fields.write(request)
        fields.write(response)
        #expect(throws: MessageError.malformed(type: 6)) {
            try BenchMessage(Message(type: 6, body: fields.bytes))
        }
    }

    @Test func `counters that fell count as unchanged`() {
        var (earlier, later) = (BenchStatistics(), BenchStatistics())
        earlier.bytesRead = 10
        later.bytesRead = 4
        later.packetsSent = 5
        #expect(later.since(earlier).bytesRead == 0)
        #expect(later.since(earlier).packetsSent == 5)
    }

    @Test func `sums of absurd counters wrap instead of trapping`() {
        var absurd = BenchStatistics()
        absurd.packetsLost = .max
        absurd.congestionWindow = .max
        absurd.flows = .max
        let sum = absurd.adding(absurd)
        #expect(sum.packetsLost == UInt64.max - 1)
    }
}
