import Testing

@testable import SUDPServices

/// What outlives a connection: mutes, operators, names, the greeting, and what the log says.
@Suite struct ChatRulesTests {
    @Test(arguments: ["eve", "EVE", "\u{435}v\u{435}", "other"])
    func `a mute is not evaded by another connection or a name that looks alike`(name: String) {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        let eve = bench.join("eve")
        bench.ask(boss, ChatRequest(kind: .mute, name: "eve"))
        bench.disconnect(eve)
        let again = bench.join(name)
        bench.say(again, "x")
        #expect(bench.take(again, .refused).map(\.text) == ["an operator muted you"])
        bench.ask(boss, ChatRequest(kind: .unmute, name: name))
        bench.say(again, "x")
        #expect(bench.take(again, .refused).isEmpty)
    }

    @Test(arguments: [ChatRequest.Kind.kick, .ban, .mute])
    func `an operator does nothing to itself`(kind: ChatRequest.Kind) {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        bench.ask(boss, ChatRequest(kind: kind, name: "BOSS"))
        #expect(bench.refusals(boss) == ["you cannot \(kind) yourself"])
        #expect(bench.dismissed[boss] == nil)
        #expect(bench.state.rules.bans.isEmpty && bench.state.rules.mutes.isEmpty)
    }

    @Test(
        arguments: [
            (0, "until an operator lets you speak"), (90, "for 90s"), (600, "for 10m"),
            (7200, "for 2h"), (86_400, "for 1d"),
        ] as [(UInt64, String)])
    func `who is muted hears for how long`(seconds: UInt64, words: String) {
        var bench = ChatBench(admins: ["key"])
        let (boss, ann) = (bench.join("boss", pin: "key"), bench.join("ann"))
        bench.ask(boss, ChatRequest(kind: .mute, number: seconds, name: "ann"))
        #expect(bench.take(ann, .notice).map(\.text) == ["boss muted you \(words)"])
    }

    @Test(arguments: [ChatRequest.Kind.topic, .nick, .act, .direct])
    func `whom an operator muted finds no other way to speak`(kind: ChatRequest.Kind) {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        let eve = bench.join("eve")
        bench.ask(boss, ChatRequest(kind: .mute, name: "eve"))
        bench.ask(eve, ChatRequest(kind: kind, room: "#lobby", name: "boss", text: "words"))
        #expect(bench.take(eve, .refused).map(\.text) == ["an operator muted you"])
        bench.ask(eve, ChatRequest(kind: .away, number: 1, text: "words"))
        bench.ask(eve, ChatRequest(kind: .leave, room: "#lobby", text: "words"))
        #expect(bench.take(boss, .away).map(\.text) == [""])
        #expect(bench.take(boss, .left).map(\.text) == [""])
    }

    @Test func `a ban that is repeated stays one of the key or the address`() {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        _ = (bench.join("mal", pin: "bad"), bench.join("eve"))
        for name in ["mal", "eve"] { bench.ask(boss, ChatRequest(kind: .ban, name: name)) }
        for name in ["MAL", "eve"] {
            bench.ask(boss, ChatRequest(kind: .ban, number: 60, name: name, text: "again"))
        }
        #expect(bench.refusal(of: "other", pin: "bad", address: "192.0.2.7:1") == "banned: again")
        #expect(bench.refusal(of: "third", address: "192.0.2.1:9") == "banned: again")
        bench.now += 60_000
        #expect(bench.refusal(of: "other", pin: "bad", address: "192.0.2.7:1") == nil)
    }

    @Test func `who is away is banned by the key to which the name belongs`() {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        let zed = bench.join("zed", pin: "bad")
        bench.disconnect(zed)
        bench.ask(boss, ChatRequest(kind: .ban, name: "zed"))
        #expect(bench.refusal(of: "other", pin: "bad") == "banned")
        #expect(bench.refusal(of: "third", pin: "good") == nil)
        bench.ask(boss, ChatRequest(kind: .unban, name: "zed"))
        #expect(bench.refusal(of: "other", pin: "bad") == nil)
    }

    @Test func `an operator with a certificate stays one until it is taken back`() {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        let ann = bench.join("ann", pin: "other")
        bench.ask(boss, ChatRequest(kind: .op, name: "ann"))
        bench.disconnect(ann)
        let again = bench.join("ann", pin: "other")
        #expect(bench.state.members[again]?.isOperator == true)
        bench.ask(boss, ChatRequest(kind: .deop, name: "ann"))
        bench.disconnect(again)
        let last = bench.join("ann", pin: "other")
        #expect(bench.state.members[last]?.isOperator == false)
    }

    @Test func `the greeting of an operator goes before that of the start`() {
        var bench = ChatBench(admins: ["key"], greeting: "old")
        let boss = bench.join("boss", pin: "key")
        #expect(bench.take(boss, .welcome).map(\.text) == ["old"])
        bench.ask(boss, ChatRequest(kind: .motd, text: "new\nlines"))
        let ann = bench.join("ann")
        #expect(bench.take(ann, .welcome).map(\.text) == ["new\nlines"])
        let long = String(repeating: "x", count: ChatConstants.maximumGreetingByteCount + 1)
        bench.ask(boss, ChatRequest(kind: .motd, text: long))
        #expect(bench.state.rules.greeting == "new\nlines")
    }

    @Test func `a key reserves no more than its share of names`() {
        var rules = ChatRules()
        let names = (0..<20).compactMap { Nickname("name\($0)") }
        var taken: [Nickname] = []
        for name in names where rules.reserve(name, for: "key") { taken.append(name) }
        #expect(taken.count == ChatConstants.reservationsPerKey)
        #expect(rules.isReserved(names[0], forOthersThan: "other"))
        #expect(!rules.isReserved(names[0], forOthersThan: "key"))
        #expect(!rules.isReserved(names[19], forOthersThan: "other"))
    }

    @Test func `a message has only so many lines`() {
        let most = String(repeating: "\n", count: ChatConstants.maximumLineCount - 1) + "x"
        #expect(ChatTextLimit.objection(to: most) == nil)
        #expect(ChatTextLimit.objection(to: "\n" + most) != nil)
        var gate = FloodGate(now: 0)
        var count = 0
        for _ in 0..<10 { count += gate.admit(most, now: 0) == .allowed ? 1 : 0 }
        #expect(count == ChatConstants.lineBurst / ChatConstants.maximumLineCount)
    }

    @Test func `rooms in which nothing was said are forgotten when the last one leaves`() {
        var bench = ChatBench()
        let ann = bench.join("ann")
        for room in ["#a", "#b"] { bench.ask(ann, ChatRequest(kind: .join, room: room)) }
        bench.say(ann, "kept", room: "#b")
        for room in ["#a", "#b"] { bench.ask(ann, ChatRequest(kind: .leave, room: room)) }
        #expect(Set(bench.state.rooms.keys) == ["#lobby", "#b"])
    }

    @Test func `who comes and goes all the time does not fill the log, nor hide others`() {
        var gate = ChatLogGate()
        func record(_ host: String, _ time: UInt64, _ event: String = "came") -> ChatRecord {
            ChatRecord(time: time, event: event, address: host + ":9")
        }
        let flood = 5 * ChatConstants.logBurst
        let lines = (0..<flood).flatMap { _ in gate.admit(record("192.0.2.1", 0)) }
        #expect(lines.count == ChatConstants.logBurst)
        let (other, deed) = (
            gate.admit(record("192.0.2.2", 0)), gate.admit(record("192.0.2.1", 0, "kicked"))
        )
        #expect(other.count == 1 && deed.count == 1)
        let later = gate.admit(record("192.0.2.1", 200))
        #expect(later.map(\.event) == ["suppressed", "came"])
        #expect(
            later.first?.text
                == "\(flood - ChatConstants.logBurst) lines about clients of 192.0.2.1")
        for _ in 0..<5 { _ = gate.admit(record("192.0.2.1", 200)) }
        let rest = gate.summaries(now: 200)
        #expect(rest.map(\.event) == ["suppressed"])
        for host in 0..<3 * ChatConstants.logHosts { _ = gate.admit(record("\(host)", 0)) }
    }
}
