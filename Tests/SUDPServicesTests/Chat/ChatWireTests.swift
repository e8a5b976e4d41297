import Testing

@testable import SUDPServices

@Suite struct ChatWireTests {
    @Test(arguments: ChatRequest.Kind.allCases)
    func `a request comes out as it went in`(kind: ChatRequest.Kind) throws {
        let request = ChatRequest(
            kind: kind, tag: 1 << 31, number: .max, room: "#r", name: "ñ", text: "日\n本")
        #expect(try ChatRequest(request.message) == request)
    }

    @Test(arguments: ChatEvent.Kind.allCases)
    func `an event comes out as it went in`(kind: ChatEvent.Kind) throws {
        let event = ChatEvent(
            kind: kind, tag: 5, number: 1 << 40, time: .max, flags: [.proven, .replay],
            room: "#r", nick: "a", other: "b", text: "t")
        #expect(try ChatEvent(event.message) == event)
    }

    @Test func `requests and events are never taken for each other`() {
        #expect(
            Set(ChatRequest.Kind.allCases.map(\.rawValue))
                .isDisjoint(with: ChatEvent.Kind.allCases.map(\.rawValue)))
    }

    @Test func `whatever bytes come, they are a message or an error`() {
        var random = SplitMix(seed: 11)
        for _ in 0..<20_000 {
            let body = (0..<random.below(60)).map { _ in UInt8(random.below(4) * 85) }
            let message = Message(type: UInt8(random.below(256)), body: body)
            if let request = try? ChatRequest(message) { #expect(request.message == message) }
            if let event = try? ChatEvent(message) { #expect(event.message == message) }
            _ = ChatHello.mismatch(message)
        }
    }

    @Test func `the greeting names protocol and version`() {
        #expect(ChatHello.mismatch(ChatHello.message) == nil)
        var fields = FieldWriter()
        fields.writeText("sudp file 1")
        #expect(ChatHello.mismatch(Message(type: 0, body: fields.bytes)) == "sudp file 1")
        #expect(ChatHello.mismatch(Message(type: 1, body: fields.bytes)) == "something else")
    }
}

/// Numbers that look random and are the same in every run (Steele, Lea, Flood 2014).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
