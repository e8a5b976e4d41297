import Testing

@testable import SUDPServices

@Suite struct ChatNameTests {
    @Test(arguments: ["ann", "Ann-2", "J.R.", "日本", "Ωmega", "x_y", "élan", "a"])
    func `a name`(text: String) {
        #expect(Nickname(text) != nil)
    }

    @Test(arguments: [
        "", " ", "a b", "a:b", "*", "a\n", "server", "SERVER", "Sеrver", "s3rver\u{200b}", "12",
        "\u{202e}ann", "a\u{301}\u{301}\u{301}", "<ann>", "a/b", "✓ann", "@ann", "#ann", "you",
        String(repeating: "x", count: 33), "\u{1b}[31m", "a\u{3164}b", "ann\u{0}",
    ])
    func `no name`(text: String) {
        #expect(Nickname(text) == nil)
    }

    @Test(arguments: [
        ("alice", "аlice"), ("Ian", "lan"), ("bob", "b0b"), ("ann", "ANN"), ("mom", "rnorn"),
        ("pete", "рete"), ("Αnna", "Anna"), ("ｂｏｂ", "bob"), ("x1", "xl"), ("zoë", "zoe"),
        ("ALICE", "Аlice"),
    ])
    func `names that look alike`(first: String, second: String) throws {
        let (a, b) = (try #require(Nickname(first)), try #require(Nickname(second)))
        #expect(!a.skeletons.isDisjoint(with: b.skeletons))
        var bench = ChatBench()
        let id = bench.join(first)
        #expect(bench.dismissed[id] == nil)
        let other = bench.enter(second)
        if a.folded == b.folded {
            #expect(bench.take(other, .welcome).first?.nick == "\(b.text)2")
        } else {
            #expect(bench.dismissed[other] != nil)
        }
    }

    @Test func `names that do not look alike go together`() {
        var bench = ChatBench()
        for name in ["ann", "anna", "bob", "bob_", "u1", "u2", "u10", "u11", "日本", "日木"] {
            let id = bench.enter(name)
            #expect(bench.take(id, .welcome).first?.nick == name)
        }
    }

    @Test func `a taken name gets a number and a notice`() {
        var bench = ChatBench()
        _ = bench.join("bob")
        let second = bench.enter("Bob")
        #expect(bench.take(second, .welcome).first?.nick == "Bob2")
        #expect(bench.take(second, .notice).first?.text == "Bob is taken: you are Bob2")
        let third = bench.enter("bob")
        #expect(bench.take(third, .welcome).first?.nick == "bob3")
    }

    @Test func `a name is changed when it is free, and every company hears of it`() {
        var bench = ChatBench()
        let (ann, bob) = (bench.join("ann"), bench.join("bob"))
        bench.ask(ann, ChatRequest(kind: .nick, name: "bob"))
        bench.ask(ann, ChatRequest(kind: .nick, name: "b0b"))
        bench.ask(ann, ChatRequest(kind: .nick, name: "a b"))
        #expect(
            bench.refusals(ann).prefix(2) == ["bob is taken; bob2 is free", "b0b looks like bob"])
        bench.ask(ann, ChatRequest(kind: .nick, name: "Ann"))
        bench.ask(ann, ChatRequest(kind: .nick, name: "carol"))
        #expect(bench.take(bob, .renamed).map(\.other) == ["Ann", "carol"])
        bench.ask(bob, ChatRequest(kind: .nick, name: "ann"))
        #expect(bench.take(ann, .renamed).last?.other == "ann")
    }

    @Test func `a name that a certificate had is nobody else's, also later`() {
        var bench = ChatBench()
        let alice = bench.join("alice", pin: "key")
        #expect(bench.take(alice, .welcome).first?.flags.contains(.proven) == true)
        bench.disconnect(alice)
        #expect(bench.refusal(of: "alice") == "alice belongs to a certificate")
        #expect(bench.refusal(of: "аlice") != nil)
        #expect(bench.refusal(of: "alice", pin: "other") != nil)
        let bob = bench.join("bob")
        bench.ask(bob, ChatRequest(kind: .nick, name: "alice"))
        #expect(bench.refusals(bob) == ["alice belongs to a certificate"])
        let back = bench.enter("alice", pin: "key")
        #expect(bench.take(back, .welcome).first?.nick == "alice")
    }

    @Test func `who comes back by another connection gets its name back`() {
        var bench = ChatBench()
        let ann = bench.join("ann")
        let secret = bench.take(ann, .welcome).first?.other ?? ""
        #expect(bench.take(bench.enter("ann"), .welcome).first?.nick == "ann2")
        let back = bench.enter("ann", secret: secret)
        #expect(bench.take(back, .welcome).first?.nick == "ann")
        #expect(bench.dismissed[ann] == "came back by another connection")
    }

    @Test(arguments: [("#A", "#a"), ("tea", "#tea"), ("#日本", "#日本")])
    func `a room`(text: String, name: String) {
        #expect(RoomName(text)?.text == name)
    }

    @Test(arguments: ["", "#", "##", "#a b", "#a\u{202e}", "#\u{1b}", "#a,b"])
    func `no room`(text: String) {
        #expect(RoomName(text) == nil)
    }
}
