import Testing

@testable import SUDPServices

@Suite struct ChatSessionTests {
    /// A session of ann that has entered the lobby.
    private func ready() -> ChatSession {
        var session = ChatSession(nick: "ann", rooms: ["#lobby"])
        session.begin()
        session.receive(ChatEvent(kind: .welcome, number: 7, nick: "ann", other: "secret"))
        session.receive(ChatEvent(kind: .room, room: "#lobby", nick: "ann"))
        session.receive(ChatEvent(kind: .replayed, room: "#lobby"))
        _ = (session.takeRequests(), session.takeOutputs())
        return session
    }

    private func message(
        _ number: UInt64, _ text: String, from nick: String = "bob", isReplay: Bool = false
    ) -> ChatEvent {
        ChatEvent(
            kind: .message, number: number, flags: isReplay ? .replay : [], room: "#lobby",
            nick: nick, text: text)
    }

    private func texts(_ session: inout ChatSession) -> [String] {
        session.takeOutputs().compactMap { output in
            if case .event(let event, _) = output { return event.text }
            return nil
        }
    }

    @Test func `it logs in, enters its rooms and is ready`() {
        var session = ChatSession(nick: "ann", rooms: ["#a", "#b"])
        session.begin()
        #expect(session.takeRequests() == [ChatRequest(kind: .login, name: "ann")])
        session.receive(ChatEvent(kind: .welcome, number: 7, nick: "ann2", other: "secret"))
        for room in ["#a", "#b"] {
            #expect(session.phase == .entering)
            #expect(session.takeRequests().map(\.room) == [room])
            session.receive(ChatEvent(kind: .room, room: room))
            session.receive(ChatEvent(kind: .replayed, room: room))
        }
        #expect(session.phase == .ready)
        #expect(session.nick == "ann2")
    }

    @Test func `fields that the protocol cannot hold are not sent`() {
        var session = ready()
        let long = String(repeating: "x", count: 70_000)
        session.enter("/whois \(long)")
        session.enter("/topic \(long)")
        session.say(.say, "x", room: long)
        session.direct(long, "x")
        #expect(session.takeRequests().isEmpty)
        #expect(session.pending.undelivered == 4)
        session.enter("/quit \(long)")
        #expect(session.farewell().allSatisfy { $0.objection == nil })
    }

    @Test func `a server that names more than there can be costs nothing`() {
        var session = ready()
        for number in 0..<20_000 {
            session.receive(ChatEvent(kind: .joined, room: "#lobby", nick: "n\(number)"))
            session.receive(ChatEvent(kind: .room, room: "#r\(number)", nick: "ann"))
            _ = session.takeRequests()
            if number % 1000 == 0 { _ = session.takeOutputs() }
        }
        #expect(session.rooms.count == ChatConstants.maximumRoomsPerMember)
        #expect(session.rooms.first?.names.count == ChatConstants.maximumNamesPerRoom)
    }

    @Test func `a crowd shares one line`() {
        var presence = ChatPresence()
        func event(_ kind: ChatEvent.Kind, _ time: UInt64) -> ChatEvent {
            ChatEvent(kind: kind, time: time, room: "#lobby", nick: "x")
        }
        var shownCount = 0
        for number in 0..<20 {
            let isShown = presence.isShown(event(number < 15 ? .joined : .left, 1000))
            shownCount += isShown ? 1 : 0
        }
        #expect(shownCount == 5)
        let (first, second) = (presence.summary(), presence.summary())
        #expect(first == "10 more joined, 5 more left")
        #expect(second == nil)
        let isShownLater = presence.isShown(event(.joined, 11_001))
        #expect(isShownLater)
    }

    @Test func `who is away belongs to the crowd, unless it is this client or is ignored`() {
        var session = ready()
        func isTold(_ kind: ChatEvent.Kind, by nick: String) -> Bool? {
            session.receive(ChatEvent(kind: kind, room: "#lobby", nick: nick))
            return session.takeOutputs().first { output in
                if case .event = output { return true }
                return false
            }.map(ChatPresence.isAll)
        }
        for kind in [ChatEvent.Kind.joined, .away, .back, .left] {
            let (others, own) = (isTold(kind, by: "bob"), isTold(.away, by: "ann"))
            #expect(others == true && own == false, "\(kind)")
        }
        let (renamed, message) = (isTold(.renamed, by: "bob"), isTold(.topic, by: "bob"))
        #expect(renamed == false && message == false)
        session.receive(ChatEvent(kind: .joined, room: "#lobby", nick: "eve"))
        session.enter("/ignore eve")
        _ = session.takeOutputs()
        let ignored = isTold(.away, by: "eve")
        #expect(ignored == nil)
    }

    @Test func `what is typed goes to the current room under tags of its own`() {
        var session = ready()
        session.enter("hello")
        session.enter("//etc")
        session.enter("/me waves")
        session.enter("   ")
        session.enter("pasted\ntwice\n\n")
        let requests = session.takeRequests()
        #expect(requests.map(\.text) == ["hello", "/etc", "waves", "pasted\ntwice"])
        #expect(requests.map(\.kind) == [.say, .say, .act, .say])
        #expect(Set(requests.map(\.tag)).count == 4)
    }

    @Test func `what needs the server goes back to where it was typed while there is none`() {
        var session = ready()
        session.end()
        for line in ["hello", "/time off", "/whois bob"] { session.enter(line) }
        let unsent = session.takeOutputs().filter {
            if case .unsent = $0 { true } else { false }
        }
        #expect(unsent == [.unsent("hello"), .unsent("/whois bob")])
        #expect(session.takeRequests().isEmpty)
    }

    @Test func `an unknown command is not sent`() {
        var session = ready()
        session.enter("/qiut now")
        #expect(session.takeRequests().isEmpty)
        #expect(session.pending.undelivered == 1)
        guard case .complaint(let words)? = session.takeOutputs().first else {
            Issue.record("no complaint")
            return
        }
        #expect(words.contains("/qiut") && words.contains("not sent"))
    }

    @Test func `a message is shown once, whatever the server repeats`() {
        var session = ready()
        for number in [1, 2, 2, 1, 3] as [UInt64] { session.receive(message(number, "\(number)")) }
        #expect(texts(&session) == ["1", "2", "3"])
    }

    @Test func `after a loss it asks for what it missed and shows only that`() {
        var session = ready()
        for number in 1...5 as ClosedRange<UInt64> { session.receive(message(number, "\(number)")) }
        session.end()
        _ = session.takeOutputs()
        session.begin()
        #expect(session.takeRequests().map(\.text) == ["secret"])
        session.receive(ChatEvent(kind: .welcome, number: 7, nick: "ann", other: "new"))
        #expect(session.takeRequests().map(\.number) == [5])
        session.receive(ChatEvent(kind: .room, number: 8, room: "#lobby", nick: "ann"))
        session.receive(ChatEvent(kind: .gap, number: 1, room: "#lobby"))
        for number in 7...8 as ClosedRange<UInt64> {
            session.receive(message(number, "\(number)", isReplay: true))
        }
        session.receive(ChatEvent(kind: .replayed, number: 2, room: "#lobby"))
        let outputs = session.takeOutputs()
        #expect(outputs.contains(.info("back in #lobby: 2 missed")))
    }

    @Test func `a server of another run has other numbers`() {
        var session = ready()
        session.receive(message(900, "old"))
        session.end()
        session.begin()
        session.receive(ChatEvent(kind: .welcome, number: 8, nick: "ann", other: "x"))
        #expect(session.takeRequests().last?.number == 0)
        session.receive(ChatEvent(kind: .room, number: 1, room: "#lobby", nick: "ann"))
        _ = session.takeOutputs()
        session.receive(message(1, "new", isReplay: true))
        #expect(texts(&session) == ["new"])
    }

    @Test func `who is ignored is not heard until that is taken back`() {
        var session = ready()
        session.receive(ChatEvent(kind: .joined, room: "#lobby", nick: "bob"))
        session.enter("/ignore BOB")
        _ = session.takeOutputs()
        session.receive(message(1, "one"))
        session.receive(ChatEvent(kind: .direct, nick: "bob", other: "ann", text: "dm"))
        #expect(texts(&session).isEmpty)
        session.enter("/ignore bob")
        session.receive(message(2, "two"))
        #expect(texts(&session) == ["two"])
    }

    @Test(arguments: [
        ("nobody", "nobody here is called nobody"), ("ANN", "you cannot ignore yourself"),
    ])
    func `whoever is not there, or is oneself, is not ignored`(nick: String, reason: String) {
        var session = ready()
        session.enter("/ignore \(nick)")
        #expect(session.takeOutputs() == [.complaint(reason)])
        session.enter("/ignore")
        #expect(session.takeOutputs() == [.info("nobody is ignored")])
    }

    @Test func `reply answers whoever told last`() {
        var session = ready()
        session.enter("/reply early")
        #expect(session.takeRequests().isEmpty)
        session.receive(ChatEvent(kind: .direct, nick: "bob", other: "ann", text: "dm"))
        session.receive(ChatEvent(kind: .renamed, nick: "bob", other: "robert"))
        session.enter("/reply yes")
        #expect(session.takeRequests().map(\.name) == ["robert"])
    }

    @Test(arguments: [
        ("hello ann!", true), ("ANN: look", true), ("annex", false), ("joann", false),
        ("(ann)", true), ("", false),
    ])
    func `the own name as a word is a mention, and rings`(text: String, isMention: Bool) {
        var session = ready()
        session.receive(message(1, text))
        let outputs = session.takeOutputs()
        #expect(outputs.contains(.bell) == isMention)
        #expect(outputs.first == .event(message(1, text), isMention ? .mention : []))
    }

    @Test func `the bell rings when it was asked to`() {
        for (bell, counts) in [
            (ChatBell.off, [0, 0, 0]), (.mention, [0, 1, 1]), (.dm, [0, 0, 1]), (.all, [1, 1, 1]),
        ] {
            var session = ready()
            session.enter("/bell \(bell.rawValue)")
            let events = [
                message(1, "x"), message(2, "ann"),
                ChatEvent(kind: .direct, nick: "bob", other: "ann", text: "dm"),
            ]
            for (event, count) in zip(events, counts) {
                _ = session.takeOutputs()
                session.receive(event)
                #expect(session.takeOutputs().filter { $0 == .bell }.count == count)
            }
        }
    }

    @Test func `refused lines are counted, delivered ones are not`() {
        var session = ready()
        session.enter("one")
        session.enter("two")
        let tags = session.takeRequests().map(\.tag)
        session.receive(ChatEvent(kind: .done, tag: tags[0]))
        session.receive(
            ChatEvent(
                kind: .refused, tag: tags[1], number: UInt64(ChatRequest.Kind.say.rawValue),
                text: "too fast"))
        #expect(session.pending.isEmpty)
        #expect(session.pending.deliveredCount == 1)
        #expect(session.pending.undelivered == 1)
        #expect(session.pending.reason == "too fast")
    }

    @Test func `who is thrown out knows why, and others see it`() {
        var session = ready()
        session.receive(ChatEvent(kind: .kicked, nick: "boss", other: "bob", text: "kicked"))
        #expect(session.failure == nil)
        session.receive(ChatEvent(kind: .kicked, nick: "boss", other: "ann", text: "kicked by x"))
        #expect(session.failure == .thrownOut(reason: "you were kicked by x"))
    }
}
