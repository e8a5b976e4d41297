import Testing

@testable import SUDPServices

@Suite struct ChatStateTests {
    @Test func `everybody in a room hears a message once and under one number`() {
        var bench = ChatBench()
        let (ann, bob, carl) = (bench.join("ann"), bench.join("bob"), bench.join("carl"))
        for text in ["one", "two"] { bench.say(ann, text) }
        bench.say(bob, "three")
        for id in [ann, bob, carl] {
            let events = bench.take(id, .message)
            #expect(events.map(\.text) == ["one", "two", "three"])
            #expect(events.map(\.number) == [1, 2, 3])
            #expect(events.map(\.nick) == ["ann", "ann", "bob"])
        }
    }

    @Test func `whoever says something hears its number under the tag of the request`() {
        var bench = ChatBench()
        let ann = bench.join("ann")
        bench.ask(ann, ChatRequest(kind: .say, tag: 9, room: "#lobby", text: "x"))
        let done = bench.take(ann, .done)
        #expect(done.map(\.tag) == [9])
        #expect(done.map(\.number) == [1])
    }

    @Test func `rooms are apart`() {
        var bench = ChatBench()
        let (ann, bob) = (bench.join("ann"), bench.join("bob"))
        bench.ask(ann, ChatRequest(kind: .join, room: "#Other"))
        bench.say(ann, "hello", room: "#other")
        #expect(bench.heard(ann) == ["hello"])
        #expect(bench.heard(bob).isEmpty)
        bench.say(bob, "intruder", room: "#other")
        #expect(bench.refusals(bob) == ["you are not in that room"])
        #expect(bench.heard(ann).isEmpty)
    }

    @Test func `a direct message reaches nobody else`() {
        var bench = ChatBench()
        let (ann, bob, carl) = (bench.join("ann"), bench.join("bob"), bench.join("carl"))
        bench.ask(ann, ChatRequest(kind: .direct, name: "BOB", text: "psst"))
        #expect(bench.take(ann, .direct).map(\.other) == ["bob"])
        #expect(bench.take(bob, .direct).map(\.text) == ["psst"])
        #expect(bench.take(carl, .direct).isEmpty)
        #expect(bench.kept.isEmpty)
        #expect(!bench.records.contains { $0.text == "psst" })
    }

    @Test func `who is away says so to those who ask`() {
        var bench = ChatBench()
        let (ann, bob) = (bench.join("ann"), bench.join("bob"))
        bench.ask(bob, ChatRequest(kind: .away, number: 1, text: "lunch"))
        #expect(bench.take(ann, .away).map(\.text) == ["lunch"])
        bench.ask(ann, ChatRequest(kind: .direct, name: "bob", text: "there?"))
        #expect(bench.take(ann, .notice).map(\.text) == ["bob is away: lunch"])
        bench.ask(bob, ChatRequest(kind: .away))
        #expect(bench.take(ann, .back).count == 1)
    }

    @Test func `joining and leaving is seen by the others of the room`() {
        var bench = ChatBench()
        let ann = bench.join("ann")
        let bob = bench.join("bob")
        #expect(bench.take(ann, .joined).map(\.nick) == ["bob"])
        #expect(bench.take(bob, .names).map(\.text) == ["ann bob"])
        bench.disconnect(bob)
        #expect(bench.take(ann, .left).map(\.nick) == ["bob"])
        bench.disconnect(bob)
        #expect(bench.take(ann, .left).isEmpty)
    }

    @Test func `newcomers hear the last messages, in order, and no more of them`() {
        var bench = ChatBench(historyCount: 3)
        let ann = bench.join("ann")
        for number in 1...20 { bench.say(ann, "\(number)") }
        let bob = bench.join("bob")
        let replay = bench.take(bob, .message)
        #expect(replay.map(\.text) == ["18", "19", "20"])
        #expect(replay.allSatisfy { $0.flags.contains(.replay) })
        #expect(bench.take(bob, .gap).isEmpty)
    }

    @Test func `who comes back hears what it missed, and how much is gone`() {
        var bench = ChatBench(historyCount: 3)
        let ann = bench.join("ann")
        for number in 1...10 { bench.say(ann, "\(number)") }
        let bob = bench.enter("bob")
        bench.ask(bob, ChatRequest(kind: .join, number: 5, room: "#lobby"))
        #expect(bench.heard(bob) == ["8", "9", "10"])
        #expect(bench.take(bob, .gap).map(\.number) == [2])
        let carl = bench.enter("carl")
        bench.ask(carl, ChatRequest(kind: .join, number: 10, room: "#lobby"))
        #expect(bench.heard(carl).isEmpty)
        #expect(bench.take(carl, .gap).isEmpty)
    }

    @Test func `a replay fits into the queue of whoever comes`() {
        var bench = ChatBench(historyCount: 1000)
        let ann = bench.join("ann")
        let block = String(repeating: String(repeating: "x", count: 4000) + "\n", count: 15)
        for _ in 0..<40 {
            bench.now += 10_000
            bench.say(ann, block)
        }
        let bob = bench.enter("bob")
        bench.ask(bob, ChatRequest(kind: .join, number: 1, room: "#lobby"))
        let replay = bench.take(bob, .message)
        let byteCount = replay.reduce(0) { $0 + $1.message.encoded.count }
        #expect((1...ChatConstants.queueByteCount / 2).contains(byteCount))
        #expect(replay.last?.number == 40)
        #expect(bench.take(bob, .gap).map(\.number) == [39 - UInt64(replay.count)])
    }

    @Test func `nothing can be done before the login`() {
        var bench = ChatBench()
        let ann = bench.enter("no good")
        #expect(bench.dismissed[ann] != nil)
        var other = ChatBench()
        other.state.connect(5, ChatIdentity(address: ""), secret: "", now: 0)
        other.ask(5, ChatRequest(kind: .say, room: "#lobby", text: "x"))
        #expect(other.dismissed[5] == "not logged in")
        other.state.connect(6, ChatIdentity(address: ""), secret: "", now: 0)
        other.state.requireLogin(6, now: 0)
        #expect(!other.state.takeEffects().isEmpty)
    }

    @Test func `an operator throws out, keeps out and lets in again`() {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        let eve = bench.join("eve")
        bench.ask(boss, ChatRequest(kind: .kick, name: "eve", text: "rude"))
        #expect(bench.dismissed[eve] == "kicked by boss: rude")
        #expect(bench.take(boss, .kicked).map(\.other) == ["eve"])
        let again = bench.join("eve")
        #expect(bench.dismissed[again] == nil)
        bench.ask(boss, ChatRequest(kind: .ban, number: 60, name: "eve"))
        #expect(bench.dismissed[again] == "banned by boss")
        #expect(bench.refusal(of: "EVE") == "banned")
        #expect(bench.refusal(of: "other") == "banned")
        bench.now += 60_000
        #expect(bench.refusal(of: "other") == nil)
        bench.ask(boss, ChatRequest(kind: .ban, name: "ghost"))
        #expect(bench.refusal(of: "ghost", address: "192.0.2.7:1") == "banned")
        bench.ask(boss, ChatRequest(kind: .unban, name: "ghost"))
        #expect(bench.refusal(of: "ghost", address: "192.0.2.7:1") == nil)
    }

    @Test func `a ban on this machine itself is one of the name`() {
        var bench = ChatBench(admins: ["key"])
        let boss = bench.join("boss", pin: "key")
        _ = bench.enter("eve", address: "127.0.0.1:5")
        bench.ask(boss, ChatRequest(kind: .ban, name: "eve"))
        #expect(bench.refusal(of: "ann", address: "127.0.0.1:6") == nil)
        #expect(bench.refusal(of: "eve", address: "127.0.0.1:6") == "banned")
    }

    @Test(arguments: [ChatRequest.Kind.kick, .ban, .mute, .op, .motd, .bans, .unban])
    func `others are no operators`(kind: ChatRequest.Kind) {
        var bench = ChatBench(admins: ["key"])
        let ann = bench.join("ann", pin: "another key")
        let bob = bench.join("bob")
        bench.ask(ann, ChatRequest(kind: kind, name: "bob", text: "x"))
        #expect(bench.refusals(ann) == ["only operators may do that"])
        #expect(bench.dismissed[bob] == nil)
    }

    @Test func `whom an operator mutes says nothing until the time is over`() {
        var bench = ChatBench(admins: ["key"])
        let (boss, ann) = (bench.join("boss", pin: "key"), bench.join("ann"))
        bench.ask(boss, ChatRequest(kind: .mute, number: 60, name: "ann"))
        bench.say(ann, "x")
        #expect(bench.refusals(ann) == ["an operator muted you"])
        bench.now += 60_000
        bench.say(ann, "y")
        #expect(bench.heard(boss) == ["y"])
    }

    @Test func `where somebody comes from is for operators only`() {
        var bench = ChatBench(admins: ["key"])
        let (boss, ann) = (bench.join("boss", pin: "key"), bench.join("ann"))
        bench.ask(boss, ChatRequest(kind: .whois, name: "ann"))
        #expect(bench.take(boss, .whois).first?.text.contains("192.0.2.1") == true)
        bench.ask(ann, ChatRequest(kind: .whois, name: "boss"))
        #expect(bench.take(ann, .whois).first?.text.contains("192.0.2.1") == false)
    }

    @Test func `forty quick lines pass whole, a thousand do not`() {
        var bench = ChatBench()
        let (ann, bob) = (bench.join("ann"), bench.join("bob"))
        for line in 1...40 { bench.say(ann, "\(line)") }
        #expect(bench.heard(bob) == (1...40).map(String.init))
        bench.now += 10_000
        for line in 1...1000 { bench.say(ann, "\(line)") }
        let heard = bench.heard(bob)
        #expect(heard == (1...heard.count).map(String.init))
        #expect((40...100).contains(heard.count))
        #expect(bench.refusals(ann).count == 1000 - heard.count)
        bench.now += 4999
        bench.say(ann, "too early")
        #expect(bench.heard(bob).isEmpty)
        bench.now += 1
        bench.say(ann, "now")
        #expect(bench.heard(bob) == ["now"])
    }

    @Test(arguments: [
        ("", "nothing to say"), (" \n ", "nothing to say"),
        (String(repeating: "x", count: 4097), "a line has at most 4096 bytes"),
        (String(repeating: "x\n", count: 32_769), "a message has at most 65536 bytes"),
        (String(repeating: "x\n", count: 2500), "a message has at most 2500 lines"),
    ])
    func `what is no message is refused`(text: String, reason: String) {
        var bench = ChatBench()
        let (ann, bob) = (bench.join("ann"), bench.join("bob"))
        bench.say(ann, text)
        #expect(bench.refusals(ann) == [reason])
        #expect(bench.heard(bob).isEmpty)
    }

    @Test func `a message of the greatest size passes`() {
        var bench = ChatBench()
        let ann = bench.join("ann")
        let line = String(repeating: "x", count: 4095) + "\n"
        let text = String(repeating: line, count: 16)
        bench.say(ann, text)
        #expect(bench.heard(ann) == [text])
    }

    @Test func `a member is in so many rooms and there are so many of them`() {
        var bench = ChatBench()
        let ann = bench.enter("ann")
        for room in 1...ChatConstants.maximumRoomsPerMember {
            bench.ask(ann, ChatRequest(kind: .join, room: "#room\(room)"))
        }
        #expect(bench.refusals(ann).isEmpty)
        bench.ask(ann, ChatRequest(kind: .join, room: "#one-more"))
        #expect(bench.refusals(ann).count == 1)
        for number in 0..<2 * ChatConstants.maximumRooms {
            bench.now += 1000
            let visitor = bench.enter("visitor")
            bench.ask(visitor, ChatRequest(kind: .join, room: "#visit\(number)"))
            bench.say(visitor, "x", room: "#visit\(number)")
            bench.disconnect(visitor)
        }
        #expect(bench.state.rooms.count == ChatConstants.maximumRooms)
        #expect(bench.state.rooms["#room1"]?.members == [ann])
    }
}
